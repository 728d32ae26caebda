package io.radstream.trainer.traits;

import java.util.Locale;

/** What studies can have in common. */
public enum Trait {
  /** Which source published it, as its study records say. */
  SITE,

  /** Name of the source in the run's configuration. */
  SOURCE,

  PROJECTION,

  /**
   * Width and height of a view as it was taken, in pixels, as {@code 2048x2500}: records name no
   * scanner, and this is what tells detectors apart.
   */
  DETECTOR,

  /** On which its tuple was written, in UTC, as {@code 2026-01-31}. */
  DAY;

  /** As it is written on a command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
