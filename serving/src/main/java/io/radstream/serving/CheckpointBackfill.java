package io.radstream.serving;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.checkpoints.Checkpoint;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.objects.ClaimedObjects;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.serving.arrivals.Backfill;
import io.radstream.serving.checkpoint.CheckpointLoader;
import io.radstream.serving.checkpoint.NetworkLoader;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.fleet.Role;
import io.radstream.serving.receipt.Receipts;
import io.radstream.serving.receipt.ScoringMeans;
import io.radstream.serving.score.BatchLimits;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.ScoringModel;
import io.radstream.serving.score.StudyScorer;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Scores studies of long ago by one checkpoint, without a service.
 *
 * @param originals where pictures at full resolution are read; empty where nobody has said
 * @param device of an engine that has been started
 */
public record CheckpointBackfill(
    KafkaConnection connection,
    Checkpoint checkpoint,
    FindingSets findings,
    Optional<ClaimedObjects> originals,
    ComputeDevice device,
    InstantSource clock) {

  /**
   * @param topic as of {@link Backfill#open}
   * @param ranges that the topic holds
   * @param stopped whether to end early
   * @return whether all of it is done
   * @throws IOException where the checkpoint cannot be read, or nothing be scored with it
   */
  public boolean run(
      Topic topic, List<OffsetRange> ranges, BooleanSupplier stopped, Backfill.Listener listener)
      throws IOException {
    try (ModelFleet fleet = new ModelFleet();
        StudyScorer scorer =
            new StudyScorer(fleet, BatchLimits.DEFAULT, new SimpleMeterRegistry())) {
      ScoringModel model = model();
      fleet.arrange(Map.of(Role.LIVE, model), 0);
      try (Backfill backfill =
          Backfill.open(
              connection, topic, model.identity(), scorer, receipts(), originals, stopped, clock)) {
        return backfill.run(ranges, listener);
      }
    }
  }

  private Receipts receipts() {
    return new Receipts(
        ScoringMeans.of(Precision.FLOAT32, device), findings, Optional.empty(), clock);
  }

  private ScoringModel model() throws IOException {
    return new CheckpointLoader(
            checkpoint.directory(),
            findings,
            NetworkLoader.on(device, Precision.FLOAT32),
            clock,
            true)
        .open(checkpoint, connection.topics());
  }
}
