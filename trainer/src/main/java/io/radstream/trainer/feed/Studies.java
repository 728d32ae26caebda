package io.radstream.trainer.feed;

import io.opentelemetry.api.trace.SpanContext;
import io.radstream.schemas.StudyTuple;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.tuples.NeededInputs;
import io.radstream.trainer.tuples.TupleRef;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;

/**
 * The studies of all sources, fetched and decoded ahead of their use.
 *
 * @param caches by name of the source
 * @param decoding of what a draw of a study will show
 * @param withdrawn by study id; looked at when the study is used, not when it is fetched
 * @param needed what a study must have
 * @param told of what is read next
 */
public record Studies(
    Map<String, StudyCache> caches,
    Executor workers,
    ObjLongConsumer<PreparedStudy> decoding,
    Predicate<String> withdrawn,
    NeededInputs needed,
    BiConsumer<String, Collection<TupleRef>> told) {

  /** Nobody is told. */
  public Studies(
      Map<String, StudyCache> caches,
      Executor workers,
      ObjLongConsumer<PreparedStudy> decoding,
      Predicate<String> withdrawn,
      NeededInputs needed) {
    this(caches, workers, decoding, withdrawn, needed, (source, group) -> {});
  }

  /**
   * @param neighbours what to read along, itself among them
   */
  public CompletableFuture<PreparedStudy> ahead(Read read, Collection<TupleRef> neighbours) {
    return caches
        .get(read.source())
        .ahead(read.ref(), neighbours, workers, study -> decoding.accept(study, read.draw()));
  }

  /** Has studies read that will be asked for next, and waits for nothing. */
  public void soon(String source, Collection<TupleRef> group) {
    told.accept(source, group);
    caches.get(source).soon(group);
  }

  /**
   * Of a tuple that has been read already.
   *
   * @param time of its record, in milliseconds since the epoch
   * @param origin span that it was made in
   */
  CompletableFuture<PreparedStudy> arrived(
      Read read, StudyTuple tuple, long time, SpanContext origin) {
    caches.get(read.source()).put(read.ref(), tuple, time, origin);
    return ahead(read, List.of(read.ref()));
  }

  boolean isUsable(PreparedStudy study) {
    return study.hasView() && !withdrawn.test(study.studyId());
  }

  /** Waits for what was asked for ahead. */
  public static <T> T get(Future<T> ahead) throws InterruptedException {
    try {
      return ahead.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("cannot make a batch: " + e.getCause(), e.getCause());
    }
  }
}
