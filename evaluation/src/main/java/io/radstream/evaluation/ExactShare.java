package io.radstream.evaluation;

/**
 * How unlikely a share is by chance: Fisher's exact test (1922), one-sided. Of so many things some
 * are marked, and some are drawn; the marked among those drawn follow the hypergeometric
 * distribution where the draw does not know of the mark.
 */
public final class ExactShare {

  private ExactShare() {}

  /**
   * Probability of at least as many marked ones among those drawn.
   *
   * @param markedDrawn of both
   * @param drawn in all
   * @param marked in all
   * @param all things
   * @throws IllegalArgumentException where there cannot be so many
   */
  public static double atLeast(int markedDrawn, int drawn, int marked, int all) {
    boolean possible =
        markedDrawn >= 0
            && markedDrawn <= Math.min(drawn, marked)
            && Math.max(drawn, marked) <= all
            && drawn - markedDrawn <= all - marked;
    if (!possible) {
      throw new IllegalArgumentException(
          "of %d things, %d marked and %d drawn, %d cannot be both"
              .formatted(all, marked, drawn, markedDrawn));
    }
    double[] logs = logFactorials(all);
    double sum = 0;
    // From the smallest on, so that none is lost in the sum.
    for (int k = Math.min(drawn, marked); k >= markedDrawn; k--) {
      if (drawn - k <= all - marked) {
        sum +=
            Math.exp(
                choose(logs, marked, k)
                    + choose(logs, all - marked, drawn - k)
                    - choose(logs, all, drawn));
      }
    }
    return Math.min(1, sum);
  }

  private static double choose(double[] logs, int of, int some) {
    return logs[of] - logs[some] - logs[of - some];
  }

  private static double[] logFactorials(int last) {
    double[] logs = new double[last + 1];
    for (int i = 2; i <= last; i++) {
      logs[i] = logs[i - 1] + Math.log(i);
    }
    return logs;
  }
}
