package io.radstream.serving.receipt;

import java.util.Locale;
import java.util.Objects;

/**
 * One thing about a receipt that was looked at, or could not be.
 *
 * @param name what
 * @param detail what was found, or why nothing was, for people
 */
public record ReceiptCheck(String name, Outcome outcome, String detail) {

  /** How it ended. What was not checked is neither right nor wrong. */
  public enum Outcome {
    OK,
    FAILED,
    NOT_CHECKED;

    /** As people and programs are told. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  public ReceiptCheck {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(detail, "detail");
  }

  static ReceiptCheck ok(String name, String detail) {
    return new ReceiptCheck(name, Outcome.OK, detail);
  }

  static ReceiptCheck failed(String name, String detail) {
    return new ReceiptCheck(name, Outcome.FAILED, detail);
  }

  static ReceiptCheck notChecked(String name, String why) {
    return new ReceiptCheck(name, Outcome.NOT_CHECKED, why);
  }
}
