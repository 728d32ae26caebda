package io.radstream.experiments.report;

import java.util.Locale;

/** Numbers as tables show them. */
final class Numbers {

  private static final double PERCENT = 100;

  private Numbers() {}

  /** A share as per cent with one digit, as in the paper. */
  static String percent(double share) {
    return oneDigit(share * PERCENT);
  }

  static String oneDigit(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** With three digits that matter. */
  static String p(double value) {
    return String.format(Locale.ROOT, "%.2e", value);
  }

  /** For other programs. */
  static String exact(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }
}
