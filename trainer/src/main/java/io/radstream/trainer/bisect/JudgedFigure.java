package io.radstream.trainer.bisect;

import io.radstream.model.objective.FindingAucs;
import io.radstream.trainer.figures.MetricNames;
import java.util.OptionalDouble;

/**
 * A figure of validation, and when it is bad.
 *
 * @param name on the metrics topic
 * @param above it is bad above this
 * @param below it is bad below this; where neither is given, beyond midway from good to bad
 */
public record JudgedFigure(String name, OptionalDouble above, OptionalDouble below) {

  private static final String AUC = "auc:";

  /**
   * @throws IllegalArgumentException where both bounds are given
   */
  public JudgedFigure {
    if (above.isPresent() && below.isPresent()) {
      throw new IllegalArgumentException("a figure is bad above a bound or below it, not both");
    }
  }

  /**
   * @param text name on the metrics topic, or {@code auc:FINDING}
   */
  public static JudgedFigure of(String text, OptionalDouble above, OptionalDouble below) {
    String name =
        text.startsWith(AUC) ? FindingAucs.AUC + "_" + text.substring(AUC.length()) : text;
    return new JudgedFigure(name, above, below);
  }

  public boolean isBoundGiven() {
    return above.isPresent() || below.isPresent();
  }

  /**
   * @throws IllegalArgumentException where the bound does not part good and bad, in this order
   */
  Judge judge(double good, double bad) {
    Judge judge = Judge.between(good, bad, above.isPresent() ? above : below);
    if (judge.worseAbove() != isWorseAbove()) {
      throw new IllegalArgumentException(
          "it was %.6g, and %.6g where it is to be worse".formatted(good, bad));
    }
    return judge;
  }

  /** Of figures of validation, only losses are worse where they are larger. */
  private boolean isWorseAbove() {
    return isBoundGiven() ? above.isPresent() : name.startsWith(MetricNames.VALIDATION_LOSS);
  }
}
