package io.radstream.results.maps;

import io.radstream.results.destination.Result;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Of which findings there is to be a picture.
 *
 * @param least probability, 0 to 1
 * @param most findings of a score; the likeliest
 */
public record MapChoice(double least, int most) {

  /** Findings of a study of which a radiologist is shown pictures. */
  public static final int MOST = 3;

  /**
   * @throws IllegalArgumentException where it is no probability, or there are none
   */
  public MapChoice {
    if (!(least >= 0 && least <= 1) || most < 1) {
      throw new IllegalArgumentException("a threshold is a probability, from 0 to 1");
    }
  }

  /** The likeliest first; of those that are as likely, in the order of their names. */
  public List<String> of(Result result) {
    return result.probabilities().entrySet().stream()
        .filter(finding -> finding.getValue() >= least)
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }
}
