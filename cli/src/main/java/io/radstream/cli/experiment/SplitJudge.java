package io.radstream.cli.experiment;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.plan.Target.Split;
import io.radstream.experiments.results.TestedStudy;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.trainer.config.SourceConfig;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.testing.ScoredSplit;
import io.radstream.trainer.testing.ScoringListener;
import io.radstream.trainer.testing.SplitScoring;
import io.radstream.trainer.testing.SplitStudies;
import io.radstream.trainer.tuples.Withdrawals;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Scores the split of a cell's target. */
record SplitJudge(ComputeDevice device, BooleanSupplier stopRequested) {

  /**
   * @return empty where it was asked to stop
   * @throws IOException where the checkpoint cannot be read, or nothing is known of the split
   */
  Optional<List<TestedStudy>> judge(Cell cell, Checkpoint checkpoint, KafkaConnection connection)
      throws IOException, InterruptedException {
    List<SourceTopics> sources =
        List.of(new SourceTopics(SourceConfig.OWN, 1, KafkaClients.of(connection), connection));
    Topic topic = topic(cell.target().split());
    try (Withdrawals withdrawn =
        Withdrawals.follow(sources, KafkaClients.of(connection), connection)) {
      ScoredSplit scored =
          new SplitScoring(SplitStudies.find(sources, topic), withdrawn::contains, device)
              .score(checkpoint, new Stoppable());
      if (scored.studies().isEmpty()) {
        throw new IOException(
            "topic %s has no study with a label for any of %s"
                .formatted(connection.topics().of(topic), cell.target().findings()));
      }
      return Optional.of(
          scored.studies().stream()
              .map(
                  study ->
                      TestedStudy.of(
                          study.studyId(),
                          study.patientId(),
                          study.labels(),
                          study.probabilities()))
              .toList());
    } catch (CancellationException e) {
      return Optional.empty();
    }
  }

  private static Topic topic(Split split) {
    return switch (split) {
      case VALIDATION -> Topic.TUPLES_VALIDATION;
      case TEST -> Topic.TUPLES_TEST;
    };
  }

  private final class Stoppable implements ScoringListener {

    @Override
    public void begins(long studies) {}

    @Override
    public void done(long studies) {}

    @Override
    public boolean stopRequested() {
      return stopRequested.getAsBoolean();
    }
  }
}
