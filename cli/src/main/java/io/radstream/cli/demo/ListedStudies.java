package io.radstream.cli.demo;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.StudyScore;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.TopicScan;
import io.radstream.serving.AnswerConfig;
import io.radstream.serving.CheckpointBackfill;
import io.radstream.serving.arrivals.Backfill;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Puts studies that nothing was learned from on the worklist. To score all of them as they arrive
 * would take the processor from the training that the demo is about.
 *
 * @param stopped whether to end early
 */
record ListedStudies(
    KafkaConnection connection,
    ComputeDevice device,
    InstantSource clock,
    BooleanSupplier stopped) {

  /** Of each partition. */
  private static final long MOST = 32;

  /**
   * @return how many there are scores of
   */
  long score(Checkpoint checkpoint) throws IOException {
    AtomicLong scored = new AtomicLong();
    new CheckpointBackfill(
            connection,
            checkpoint,
            AnswerConfig.DEFAULT.findings(),
            Optional.empty(),
            device,
            clock)
        .run(Topic.TUPLES_VALIDATION, newest(), stopped, new Counting(scored));
    return scored.get();
  }

  private List<OffsetRange> newest() {
    try (TopicScan scan =
        new TopicScan(
            KafkaClients.of(connection).consumer(),
            connection.topics().of(Topic.TUPLES_VALIDATION))) {
      return scan.extent().stream()
          .map(
              all ->
                  new OffsetRange(
                      all.partition(), Math.max(all.begin(), all.end() - MOST), all.end()))
          .toList();
    }
  }

  private record Counting(AtomicLong scored) implements Backfill.Listener {

    @Override
    public void begins(long records) {}

    @Override
    public void scored(long records, List<StudyScore> scores) {
      scored.addAndGet(scores.size());
    }
  }
}
