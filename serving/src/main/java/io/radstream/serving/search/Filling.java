package io.radstream.serving.search;

import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.log.TopicFollower;
import io.radstream.serving.pictures.PictureReader;
import io.radstream.serving.pictures.PicturesAwayException;
import io.radstream.serving.score.StudyScoring;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills an index with tuples, few at a time, on a thread that several of these share; whoever
 * brings tuples waits until they are in. A study that cannot be read is left out.
 */
final class Filling implements TopicFollower.Listener<StudyTuple> {

  private static final Logger LOG = LoggerFactory.getLogger(Filling.class);

  private final CheckpointIndex index;
  private final PictureReader pictures;
  private final Withdrawn withdrawn;
  private final Executor thread;
  private final IntConsumer leftOut;
  private final Runnable filled;
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private volatile boolean full;

  /**
   * @param pictures that the index's model is shown
   * @param thread the only one that changes the index
   * @param leftOut told of how many studies could not be read
   * @param filled told, on that thread, when all that was there at the start is in the index
   */
  Filling(
      CheckpointIndex index,
      PictureReader pictures,
      Withdrawn withdrawn,
      Executor thread,
      IntConsumer leftOut,
      Runnable filled) {
    this.index = index;
    this.pictures = pictures;
    this.withdrawn = withdrawn;
    this.thread = thread;
    this.leftOut = leftOut;
    this.filled = filled;
  }

  CheckpointIndex index() {
    return index;
  }

  /** Whether all that was there at the start is in the index. */
  boolean isFull() {
    return full;
  }

  @Override
  public void accept(List<StudyTuple> tuples, boolean caughtUp) {
    // Of two revisions the later one counts, so that the network need not see the other.
    Map<String, StudyTuple> newest = new LinkedHashMap<>();
    tuples.forEach(tuple -> newest.put(tuple.getStudyId(), tuple));
    List<StudyTuple> left = List.copyOf(newest.values());
    for (int from = 0; from < left.size(); from += StudyScoring.AT_ONCE) {
      List<StudyTuple> few = left.subList(from, Math.min(from + StudyScoring.AT_ONCE, left.size()));
      await(() -> put(few));
    }
    if (caughtUp) {
      await(this::show);
    }
  }

  /** Returns when that is done, or when nothing is to be done any more. */
  private void await(Runnable work) {
    if (!stopped.isDone()) {
      CompletableFuture<Void> done =
          CompletableFuture.runAsync(
              () -> {
                if (!stopped.isDone()) {
                  work.run();
                }
              },
              thread);
      CompletableFuture.anyOf(stopped, done).join();
    }
  }

  private void put(List<StudyTuple> tuples) {
    List<StudyTuple> seen = new ArrayList<>();
    for (StudyTuple tuple : tuples) {
      if (tuple.getViews().isEmpty()) {
        // Nothing of the study is to be used any more.
        index.index().remove(tuple.getStudyId());
      } else if (!withdrawn.has(tuple.getStudyId())) {
        seen.add(tuple);
      }
    }
    long put = read(seen).stream().filter(this::isPut).count();
    leftOut.accept(Math.toIntExact(seen.size() - put));
    // Withdrawn while the network saw it.
    seen.stream().map(StudyTuple::getStudyId).filter(withdrawn::has).forEach(index.index()::remove);
  }

  private List<IndexedStudy> read(List<StudyTuple> tuples) {
    try {
      return new TupleReader(index.model(), pictures).read(tuples);
    } catch (PicturesAwayException e) {
      // Whoever brought the tuples brings them again.
      throw e;
    } catch (RuntimeException e) {
      // Such as of vectors that are no numbers. The next studies may do better.
      tell(tuples.size(), e);
      return List.of();
    }
  }

  private boolean isPut(IndexedStudy study) {
    try {
      index.index().put(study);
      return true;
    } catch (RuntimeException e) {
      tell(1, e);
      return false;
    }
  }

  private void tell(int studies, RuntimeException why) {
    LOG.atWarn()
        .addKeyValue("checkpoint", index.identity().checkpointId())
        .addKeyValue("studies", studies)
        .log("studies could not be indexed, and will not be found");
    LOG.atDebug().setCause(why).log("why studies could not be indexed");
  }

  private void show() {
    index.index().refresh();
    if (!full) {
      full = true;
      filled.run();
    }
  }

  /** Nothing is put into the index any more, and nobody waits. To be called on the thread. */
  void stop() {
    stopped.complete(null);
  }
}
