package io.radstream.radiology.findings;

/**
 * Words that deny or doubt what stands before or behind them, or end what was said before.
 *
 * @param start offset in the clause
 * @param end offset behind it
 */
record Cue(Kind kind, int start, int end) {

  /** What the words do. */
  enum Kind {
    SKIP,
    END,
    AFFIRM_AFTER,
    AFFIRM_BEFORE,
    DENY_AFTER,
    DENY_BEFORE,
    DOUBT_AFTER,
    DOUBT_BEFORE;

    boolean isOfWhatFollows() {
      return this == AFFIRM_AFTER || this == DENY_AFTER || this == DOUBT_AFTER;
    }

    boolean isOfWhatPrecedes() {
      return this == AFFIRM_BEFORE || this == DENY_BEFORE || this == DOUBT_BEFORE;
    }
  }
}
