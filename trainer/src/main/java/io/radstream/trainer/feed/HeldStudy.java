package io.radstream.trainer.feed;

import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.tuples.TupleRef;
import java.util.concurrent.CompletableFuture;

/** A study that is here or being read. */
final class HeldStudy {

  private final TupleRef ref;
  private final CompletableFuture<PreparedStudy> study = new CompletableFuture<>();

  // These belong to HeldStudies, and its lock guards them.
  long weight;
  int expected;
  boolean awaited = true;
  boolean read;

  HeldStudy(TupleRef ref) {
    this.ref = ref;
  }

  TupleRef ref() {
    return ref;
  }

  /** Completes when it has been read. */
  CompletableFuture<PreparedStudy> study() {
    return study;
  }

  boolean mayLeave() {
    return expected == 0 && !awaited;
  }
}
