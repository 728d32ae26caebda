package io.radstream.producers.phantom;

import java.util.Locale;

/** A third of a lung, from apex to base. */
public enum Zone {
  UPPER,
  MID,
  LOWER;

  /** The word as a report has it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
