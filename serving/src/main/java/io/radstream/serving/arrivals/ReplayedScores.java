package io.radstream.serving.arrivals;

import io.radstream.schemas.RecordRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of scoring again what a range of the topic of scores tells of.
 *
 * @param same scores that were the same to the bit
 * @param refused records of studies that could not be scored the first time
 * @param notAgain why scores could not be had again, and how many for that reason
 * @param otherMeans in what this process computes otherwise than the first time, where it does;
 *     then last bits may differ
 * @param difference the first score that was another; nothing behind it was looked at
 */
public record ReplayedScores(
    long same,
    long refused,
    Map<String, Long> notAgain,
    Optional<String> otherMeans,
    Optional<Difference> difference) {

  /**
   * @param score where its record stands
   * @param what differs, for people
   */
  public record Difference(RecordRef score, String what) {}

  public ReplayedScores {
    notAgain = Collections.unmodifiableMap(new LinkedHashMap<>(notAgain));
    Objects.requireNonNull(otherMeans, "otherMeans");
    Objects.requireNonNull(difference, "difference");
  }

  /** Whether each score could be had again, with the same bits. */
  public boolean isIdentical() {
    return difference.isEmpty() && notAgain.isEmpty();
  }
}
