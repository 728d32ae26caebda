package io.radstream.trainer.feed;

import io.radstream.schemas.StudyTuple;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.augment.StudyDecoder;
import io.radstream.trainer.tuples.TupleRef;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.InterruptException;

/** A study that is here or being read. Encoded until it is first used, so that workers decode. */
final class HeldStudy {

  private final TupleRef ref;
  private CompletableFuture<StudyTuple> tuple = new CompletableFuture<>();
  private PreparedStudy decoded;

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

  boolean mayLeave() {
    return expected == 0 && !awaited;
  }

  void arrived(StudyTuple read) {
    tuple.complete(read);
  }

  void failed(RuntimeException failure) {
    tuple.completeExceptionally(failure);
  }

  /** Waits for the tuple. */
  synchronized PreparedStudy decoded(StudyDecoder decoder) {
    if (decoded == null) {
      try {
        decoded = decoder.decode(Studies.get(tuple), ref);
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
      tuple = null;
    }
    return decoded;
  }
}
