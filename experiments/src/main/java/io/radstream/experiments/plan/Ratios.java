package io.radstream.experiments.plan;

import java.math.BigDecimal;

/** Shares as people write them. */
public final class Ratios {

  private Ratios() {}

  /** In per cent without zeros at the end: 0.005 is 0.5, 1 is 100. */
  public static String percent(double ratio) {
    return BigDecimal.valueOf(ratio).movePointRight(2).stripTrailingZeros().toPlainString();
  }
}
