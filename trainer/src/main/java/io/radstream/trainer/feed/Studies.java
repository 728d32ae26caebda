package io.radstream.trainer.feed;

import io.radstream.schemas.StudyTuple;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.tuples.TupleRef;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/**
 * The studies of all sources, fetched and decoded ahead of their use.
 *
 * @param caches by name of the source
 * @param withdrawn by study id; looked at when the study is used, not when it is fetched
 */
public record Studies(
    Map<String, StudyCache> caches, ExecutorService workers, Predicate<String> withdrawn) {

  /**
   * @param neighbours what to read along, itself among them
   */
  public Future<PreparedStudy> ahead(String source, TupleRef ref, Collection<TupleRef> neighbours) {
    StudyCache cache = caches.get(source);
    return workers.submit(() -> cache.get(ref, () -> neighbours));
  }

  /** Of a tuple that has been read already. */
  Future<PreparedStudy> arrived(String source, TupleRef ref, StudyTuple tuple) {
    caches.get(source).put(ref, tuple);
    return ahead(source, ref, List.of(ref));
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
