package io.radstream.trainer.timing;

import java.util.Locale;

/** What a run spends its time on. Reading and what workers do go on beside the others. */
public enum Phase {
  /**
   * Reading groups of tuples from the topics, and pictures from a store, on however many threads.
   */
  FETCH,
  /** Workers: views to pixels. */
  DECODE,
  /** Workers: what a study looks like this time, and putting the batch together. */
  AUGMENT,
  /** For the next batch. */
  WAIT,
  FORWARD,
  /** And waiting for a device that computes by itself. */
  BACKWARD,
  /** Of the weights. */
  UPDATE,
  /** Waiting until the step before is on the ledger, and handing over this one. */
  LEDGER,
  VALIDATION,
  /** Taking the snapshot that a checkpoint is written from, and waiting for the one before. */
  CHECKPOINT;

  /** Under which it is told: {@code forward}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
