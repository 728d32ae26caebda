package io.radstream.trainer.config;

import java.util.Arrays;
import java.util.Optional;

/**
 * Which rules make batches of the studies. A new run takes the newest; a run that goes on, and a
 * replay, keep those that the run began with.
 */
public enum Arrangement {
  /**
   * The order is one of offsets, marks of transactions among them; in a mirrored study's report the
   * tokens "left" and "right" change places.
   */
  OFFSETS(1),

  /**
   * The order is one of records, wherever the offsets between them have gaps; a study is mirrored
   * where its tuple says what the report is then.
   */
  RANKS(2);

  /** Of new runs. */
  public static final Arrangement NEWEST = RANKS;

  private final int number;

  Arrangement(int number) {
    this.number = number;
  }

  /** As ledger and checkpoints have it. */
  public int number() {
    return number;
  }

  /** Empty where this version does not know it. */
  public static Optional<Arrangement> of(int number) {
    return Arrays.stream(values()).filter(known -> known.number == number).findFirst();
  }
}
