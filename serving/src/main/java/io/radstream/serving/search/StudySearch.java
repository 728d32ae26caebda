package io.radstream.serving.search;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.schemas.log.TopicFollower;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.fleet.Role;
import io.radstream.serving.pictures.PictureReader;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.Models;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an index of the live checkpoint. That of a new one is filled while the one before answers,
 * and takes its place when it has all that was there when it was begun; a checkpoint that becomes
 * live meanwhile waits for that. Thread-safe; what changes an index is done on one thread.
 */
public final class StudySearch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StudySearch.class);

  private record Followed(Filling filling, TupleSource.Followed tuples) {

    CheckpointIndex index() {
      return filling.index();
    }
  }

  private final ModelFleet fleet;
  private final SearchLimits limits;
  private final TupleSource source;
  private final Executor thread;
  private final Executor ending;
  private final PictureReader pictures;
  private final Withdrawn withdrawn = new Withdrawn(this::withdrawn);
  private final Counter leftOut;
  private volatile Optional<Followed> answering = Optional.empty();
  private volatile Optional<Followed> next = Optional.empty();
  private volatile boolean closed;

  /**
   * @param pictures that models are shown
   * @param thread single, or the caller's own; owned by the caller, and to be ended after this
   * @param ending waits for sources that are to end; likewise
   */
  public StudySearch(
      ModelFleet fleet,
      SearchLimits limits,
      PictureReader pictures,
      TupleSource source,
      Executor thread,
      Executor ending,
      MeterRegistry meters) {
    this.fleet = fleet;
    this.limits = limits;
    this.pictures = pictures;
    this.source = source;
    this.thread = thread;
    this.ending = ending;
    this.leftOut =
        Counter.builder("radstream.search.left.out")
            .description("Studies that could not be indexed, and so are not found")
            .register(meters);
    Gauge.builder("radstream.search.studies", this, search -> size(search.answering))
        .description("Studies of the index that is searched")
        .register(meters);
    Gauge.builder("radstream.search.building", this, search -> size(search.next))
        .description("Studies so far of the index that is to take its place")
        .register(meters);
  }

  private static int size(Optional<Followed> followed) {
    return followed.map(Followed::index).map(CheckpointIndex::size).orElse(0);
  }

  /** Whom to tell of withdrawals: nothing is searched before those are known that there are. */
  public TopicFollower.Listener<StudyWithdrawn> withdrawals() {
    return withdrawn;
  }

  private void withdrawn(List<String> studies) {
    later(
        () -> {
          answering.ifPresent(followed -> forget(followed.index(), studies));
          next.ifPresent(followed -> forget(followed.index(), studies));
          look();
        });
  }

  private static void forget(CheckpointIndex index, List<String> studies) {
    if (studies.stream().filter(index.index()::remove).count() > 0) {
      index.index().purge();
    }
  }

  /** Another checkpoint may be live. */
  public void changed() {
    later(this::look);
  }

  private void later(Runnable work) {
    try {
      thread.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException e) {
              LOG.atError().setCause(e).log("the index cannot be kept up");
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("nothing is indexed any more");
    }
  }

  private void look() {
    if (closed) {
      return;
    }
    if (next.filter(followed -> followed.filling.isFull()).isPresent() && withdrawn.isCaughtUp()) {
      swap();
    }
    if (next.isEmpty()) {
      begin();
    }
  }

  private void swap() {
    Optional<Followed> before = answering;
    answering = next;
    next = Optional.empty();
    LOG.atInfo()
        .addKeyValue("checkpoint", answering.get().index().identity().checkpointId())
        .addKeyValue("studies", answering.get().index().size())
        .log("checkpoint's index is searched");
    before.ifPresent(this::retire);
  }

  /** Waits for nothing: a source may be waiting for this thread. */
  private void retire(Followed followed) {
    followed.filling.stop();
    ending.execute(
        () -> {
          followed.tuples.end();
          followed.index().release();
        });
  }

  private void begin() {
    Optional<Models.Lease> live = fleet.hold(Role.LIVE);
    if (live.isEmpty()) {
      return;
    }
    ModelIdentity identity = live.get().model().identity();
    boolean isIndexed =
        answering.filter(now -> now.index().identity().equals(identity)).isPresent();
    if (isIndexed || !live.get().model().capabilities().contains(Capability.VECTORS)) {
      live.get().close();
      return;
    }
    LOG.atInfo().addKeyValue("checkpoint", identity.checkpointId()).log("begins an index");
    CheckpointIndex index =
        new CheckpointIndex(live.get(), new StudyIndex(limits.studies()), withdrawn::has);
    Filling filling =
        new Filling(index, pictures, withdrawn, thread, leftOut::increment, this::changed);
    next = Optional.of(new Followed(filling, source.follow(filling)));
  }

  /**
   * The index that is searched now, to be {@link CheckpointIndex#release released}.
   *
   * @throws NoIndexException where there is none
   */
  public CheckpointIndex hold() {
    Optional<Followed> now = answering;
    while (now.isPresent()) {
      if (now.get().index().hold()) {
        return now.get().index();
      }
      now = answering;
    }
    throw new NoIndexException(reason());
  }

  private String reason() {
    return next.map(Followed::index)
        .map(
            index ->
                "the index of checkpoint %s is being built: %d studies so far"
                    .formatted(index.identity().checkpointId(), index.size()))
        .orElseGet(
            () ->
                fleet.live().isPresent()
                    ? "the live checkpoint has no index, as it gives no vectors or has just come"
                    : "no checkpoint is loaded yet");
  }

  /** Questions in hand go on. */
  @Override
  public void close() {
    closed = true;
    later(
        () -> {
          next.ifPresent(this::retire);
          answering.ifPresent(this::retire);
          next = Optional.empty();
          answering = Optional.empty();
        });
  }
}
