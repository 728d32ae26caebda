package io.radstream.trainer.data;

import io.radstream.schemas.StepRecord;
import io.radstream.trainer.feed.Assembling;
import io.radstream.trainer.feed.BatchFeed;
import io.radstream.trainer.feed.SourcePosition;
import io.radstream.trainer.feed.TrainingBatch;
import io.radstream.trainer.ledger.LedgerDrafts;
import io.radstream.trainer.ledger.LedgerEntry;
import io.radstream.trainer.tuples.Withdrawals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The batches of a run, made ahead of time; made anew where a study is withdrawn that might be in
 * one of them.
 */
public final class RunFeed implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(200);

  private final TrainingData data;
  private final Assembling assembling;
  private final Withdrawals withdrawn;
  private final List<StepRecord> retaken;
  private final Map<String, SourcePosition> positions = new LinkedHashMap<>();
  private long step;
  private long version;
  private BatchFeed feed;

  /**
   * @param assembling makes the batches
   */
  public RunFeed(
      TrainingData data, StartPoint start, Withdrawals withdrawn, Assembling assembling) {
    this.data = data;
    this.assembling = assembling;
    this.withdrawn = withdrawn;
    this.step = start.step();
    this.retaken = new ArrayList<>(start.retaken().stream().map(LedgerEntry::record).toList());
    data.studies().parts().forEach(part -> moved(start.position(part.source().name())));
    open();
  }

  private void open() {
    version = withdrawn.version();
    Map<String, SourcePosition> behind = new LinkedHashMap<>(positions);
    if (!retaken.isEmpty()) {
      LedgerDrafts.positions(retaken.get(retaken.size() - 1))
          .forEach(position -> behind.put(position.source(), position));
    }
    feed =
        data.feed(List.copyOf(retaken).iterator(), step + retaken.size(), behind::get, assembling);
  }

  private void moved(SourcePosition position) {
    positions.put(position.source(), position);
  }

  /** Waits for the next batch; empty where a stop is requested meanwhile. */
  public Optional<TrainingBatch> take(BooleanSupplier stopRequested) throws InterruptedException {
    if (withdrawn.version() != version) {
      feed.close();
      open();
    }
    Optional<TrainingBatch> batch = Optional.empty();
    while (batch.isEmpty() && !stopRequested.getAsBoolean()) {
      batch = feed.take(LOOK);
      withdrawn.requireFollowed();
    }
    batch.ifPresent(this::passed);
    return batch;
  }

  /** The next batch, where it is made already and no study has been withdrawn since; empty else. */
  public Optional<TrainingBatch> takeReady() throws InterruptedException {
    if (withdrawn.version() != version) {
      return Optional.empty();
    }
    withdrawn.requireFollowed();
    Optional<TrainingBatch> batch = feed.takeReady();
    batch.ifPresent(this::passed);
    return batch;
  }

  private void passed(TrainingBatch taken) {
    step++;
    taken.draft().next().forEach(this::moved);
    if (!retaken.isEmpty()) {
      retaken.remove(0);
    }
  }

  /** Where the batch after the last one taken begins. */
  public List<SourcePosition> positions() {
    return List.copyOf(positions.values());
  }

  @Override
  public void close() {
    feed.close();
  }
}
