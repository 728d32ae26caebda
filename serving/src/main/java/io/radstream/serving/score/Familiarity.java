package io.radstream.serving.score;

/**
 * Whether a study is like those that the network knows, by its vector and by its pictures.
 *
 * @param vector of the study
 * @param picture of the one of its views that is farthest
 */
public record Familiarity(Distance vector, Distance picture) {

  /**
   * How far something is from what is known.
   *
   * @param distance to the k-th nearest; 0 is the same direction, 2 the opposite one
   * @param threshold that nearly all studies of the panel keep below; above 0
   */
  public record Distance(double distance, double threshold) {

    private double ratio() {
      return distance / threshold;
    }
  }

  /** What is made of such a study means little. */
  public boolean isUnfamiliar() {
    return ratio() > 1;
  }

  /** The larger distance, in thresholds. */
  double ratio() {
    return Math.max(vector.ratio(), picture.ratio());
  }
}
