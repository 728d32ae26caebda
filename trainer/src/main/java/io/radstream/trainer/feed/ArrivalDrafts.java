package io.radstream.trainer.feed;

import io.radstream.radiology.CounterRandom;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.config.Follow;
import io.radstream.trainer.tuples.SourceRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Batches of what arrives, mixed with older studies against forgetting. Waits where nothing new is
 * there. The order of arrival is not repeatable: the ledger has it.
 */
public final class ArrivalDrafts implements Drafts {

  private static final Duration LOOK = Duration.ofMillis(100);

  private final long seed;
  private final int batch;
  private final Follow follow;
  private final List<ArrivalStream> streams;
  private final SourceShares shares;
  private long step;

  /**
   * @param seed of what is replayed
   * @param step of the first draft, counted over the line
   * @param streams one for each source; closed with this
   * @param weights of the sources
   */
  public ArrivalDrafts(
      long seed,
      long step,
      int batch,
      Follow follow,
      List<ArrivalStream> streams,
      List<Double> weights) {
    this.seed = seed;
    this.step = step;
    this.batch = batch;
    this.follow = follow;
    this.streams = List.copyOf(streams);
    this.shares = new SourceShares(seed, weights);
  }

  @Override
  public Optional<Draft> next() throws InterruptedException {
    List<SourceRange> passed = new ArrayList<>();
    if (follow.onLag() == Follow.OnLag.NEWEST_FIRST) {
      for (ArrivalStream stream : streams) {
        if (stream.lag() > follow.maxLag()) {
          passed.addAll(stream.passOver(follow.maxLag() / 2));
        }
      }
    }
    List<Read> reads = new ArrayList<>();
    List<PreparedStudy> prepared = new ArrayList<>();
    int[] counts = shares.of(step, batch);
    replay(counts, reads, prepared);
    List<Read> all = new ArrayList<>();
    List<PreparedStudy> studies = new ArrayList<>();
    arrive(counts, all, studies);
    int arrived = all.size();
    all.addAll(reads);
    studies.addAll(prepared);
    step++;
    return Optional.of(
        new Draft(
            all,
            studies,
            arrived,
            streams.stream().map(ArrivalStream::position).toList(),
            passed,
            streams.stream().mapToLong(ArrivalStream::lag).sum()));
  }

  /** Fills a share of the places with older studies, and takes these places off the counts. */
  private void replay(int[] counts, List<Read> reads, List<PreparedStudy> prepared)
      throws InterruptedException {
    CounterRandom random = CounterRandom.of(seed, "replay", step);
    for (int source = 0; source < counts.length; source++) {
      ArrivalStream stream = streams.get(source);
      for (TakenStudy taken : stream.replay(draw(stream, counts[source], random), step)) {
        reads.add(taken.read());
        prepared.add(taken.study());
        counts[source]--;
      }
    }
  }

  private List<Arrival> draw(ArrivalStream stream, int places, CounterRandom random) {
    List<Arrival> window = stream.replayable();
    Set<Arrival> drawn = new LinkedHashSet<>();
    for (int place = 0; place < places; place++) {
      boolean wanted = random.nextDouble() < follow.replayRatio();
      int at = random.nextInt(Math.max(1, window.size()));
      if (wanted && !window.isEmpty()) {
        drawn.add(window.get(at));
      }
    }
    return List.copyOf(drawn);
  }

  /**
   * Fills the other places with new studies: of the source whose place it is or, where that has
   * none, of any other.
   */
  private void arrive(int[] counts, List<Read> reads, List<PreparedStudy> studies)
      throws InterruptedException {
    for (int source = 0; source < counts.length; source++) {
      for (int place = 0; place < counts[source]; place++) {
        TakenStudy taken = await(source);
        reads.add(taken.read());
        studies.add(taken.study());
      }
    }
  }

  private TakenStudy await(int preferred) throws InterruptedException {
    while (true) {
      for (int i = 0; i < streams.size(); i++) {
        ArrivalStream stream = streams.get((preferred + i) % streams.size());
        stream.poll(Duration.ZERO, batch, step);
        Optional<TakenStudy> taken = stream.take(step);
        if (taken.isPresent()) {
          return taken.get();
        }
      }
      streams.get(preferred).poll(LOOK, batch, step);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  @Override
  public void close() {
    streams.forEach(ArrivalStream::close);
  }
}
