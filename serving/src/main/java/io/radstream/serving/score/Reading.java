package io.radstream.serving.score;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be read from a network's answer, by what was measured of the network.
 *
 * @param probabilities finding to probability: calibrated where that is possible, else as the
 *     network gives it; in the order of the answer
 * @param calibrated findings of which it is calibrated
 * @param reason why none of them is; empty where one is
 * @param sha256 of the file that all of this comes from, in lower-case hexadecimal; empty without
 *     one
 * @param familiarity of the study; empty where nothing is known of that
 */
public record Reading(
    Map<String, Double> probabilities,
    Set<String> calibrated,
    Optional<String> reason,
    Optional<String> sha256,
    Optional<Familiarity> familiarity) {

  /** Nothing was measured. */
  static Reading raw(Map<String, Double> probabilities) {
    return ModelCalibration.NONE.read(Map.of(), probabilities, Optional.empty());
  }
}
