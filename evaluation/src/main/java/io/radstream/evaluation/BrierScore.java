package io.radstream.evaluation;

import java.util.List;
import java.util.OptionalDouble;

/** Mean squared error of probabilities. */
public final class BrierScore {

  private BrierScore() {}

  /**
   * The mean of (p − y)², where y is 1 with the finding and 0 without (Brier, 1950).
   *
   * @return 0 is the best, 0.25 what "one half" always gets; empty without studies
   * @throws IllegalArgumentException where a score is not a probability
   */
  public static OptionalDouble of(List<Scored> scores) {
    return scores.stream().mapToDouble(BrierScore::squaredError).average();
  }

  private static double squaredError(Scored scored) {
    double error = Probability.of(scored) - (scored.present() ? 1 : 0);
    return error * error;
  }
}
