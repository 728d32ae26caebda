package io.radstream.serving.score;

/**
 * Whether a study is like those that the network knows.
 *
 * @param distance of the study's vector to the k-th nearest of studies that it learned from; 0 is
 *     the same direction, 2 the opposite one
 * @param threshold that nearly all studies of the panel keep below; above 0
 */
public record Familiarity(double distance, double threshold) {

  /** What is made of such a study means little. */
  public boolean isUnfamiliar() {
    return distance > threshold;
  }

  /** The distance in thresholds: above 1 is unfamiliar. */
  double ratio() {
    return distance / threshold;
  }
}
