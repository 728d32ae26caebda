package io.radstream.serving.receipt;

import java.util.Locale;

/**
 * A finding of a receipt, and what it is scored again, both as the network gives it: what a
 * calibration makes of that is looked at by itself.
 *
 * @param receipt the receipt's probability; null where only the second scoring has the finding
 * @param again the second one; null where only the receipt has the finding
 */
public record ScoreComparison(String finding, Double receipt, Double again, Agreement agreement) {

  /** How near the two are. */
  public enum Agreement {
    SAME_BITS,
    WITHIN_TOLERANCE,
    DIFFERENT;

    /** As people and programs are told. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  static ScoreComparison of(
      String finding, ReceiptScore receipt, ReceiptScore again, double tolerance) {
    return new ScoreComparison(
        finding,
        receipt == null ? null : receipt.raw(),
        again == null ? null : again.raw(),
        agreement(receipt, again, tolerance));
  }

  private static Agreement agreement(ReceiptScore receipt, ReceiptScore again, double tolerance) {
    if (receipt == null || again == null || !receipt.by().equals(again.by())) {
      return Agreement.DIFFERENT;
    }
    if (receipt.raw() == again.raw()) {
      return Agreement.SAME_BITS;
    }
    return Math.abs(receipt.raw() - again.raw()) <= tolerance
        ? Agreement.WITHIN_TOLERANCE
        : Agreement.DIFFERENT;
  }
}
