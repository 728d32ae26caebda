package io.radstream.deidentification.text;

import io.radstream.deidentification.keys.DateShift;

/** What becomes of the dates in a text. */
public sealed interface DatePolicy {

  /**
   * Each gives way to the date so many days earlier, written the same way. A year alone stays.
   *
   * @param dayFirst how 3/4/2020 is read where no other date of the text tells
   */
  record Shift(DateShift shift, boolean dayFirst) implements DatePolicy {}

  /** They go, and so do times of day. */
  record Remove() implements DatePolicy {}
}
