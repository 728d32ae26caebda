package io.radstream.producers.phantom;

import java.util.Locale;

/** How much of it there is. */
public enum Extent {
  SMALL,
  MODERATE,
  LARGE;

  /** The word as a report has it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
