package io.radstream.cli.experiment;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.evaluation.Bootstrap;
import io.radstream.evaluation.findings.OperatingRule;
import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.plan.Experiment;
import io.radstream.experiments.plan.Target.Split;
import io.radstream.experiments.results.TestedStudy;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.trainer.config.SourceConfig;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.testing.EvaluationRequest;
import io.radstream.trainer.testing.FindingsEvaluator;
import io.radstream.trainer.testing.LabelHead;
import io.radstream.trainer.testing.ScoredSplit;
import io.radstream.trainer.testing.ScoredStudy;
import io.radstream.trainer.testing.ScoringListener;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Judges cells on the split of their target. What is recorded of a cell's weights on the same
 * studies is taken from there: a cell that was killed between the record and its result is not
 * stuck, and reads no test twice.
 */
record SplitJudge(
    Experiment experiment, Grounds grounds, ComputeDevice device, BooleanSupplier stopRequested) {

  private static final int ROUNDS = 1000;
  private static final double LEVEL = 0.95;

  /**
   * @return empty where it was asked to stop
   * @throws IOException where the checkpoint cannot be read, nothing is known of the split, or the
   *     evaluation cannot be recorded
   * @throws io.radstream.trainer.testing.TestReadException where the cell's line has been judged on
   *     the test with other weights, or when there were other studies
   */
  Optional<List<TestedStudy>> judge(Cell cell, Checkpoint checkpoint)
      throws IOException, InterruptedException {
    KafkaConnection judged = grounds.to(experiment.source(cell.target().testSource()));
    List<SourceTopics> own = own(judged);
    KafkaConnection trained = grounds.to(experiment.source(cell.target().source()));
    try (FindingsEvaluator evaluator =
        FindingsEvaluator.open(
            own,
            topic(cell.target().split()),
            trained.equals(judged) ? own : own(trained),
            KafkaClients.of(judged),
            judged,
            device,
            grounds.clock(),
            grounds.originals())) {
      EvaluationRequest request = request(checkpoint);
      Optional<ScoredSplit> before = evaluator.recorded(request);
      ScoredSplit scored =
          before.isPresent() ? before.get() : evaluator.evaluate(request, new Stoppable()).scored();
      return Optional.of(scored.studies().stream().map(SplitJudge::tested).toList());
    } catch (CancellationException e) {
      return Optional.empty();
    }
  }

  private EvaluationRequest request(Checkpoint checkpoint) {
    return new EvaluationRequest(
        checkpoint,
        new LabelHead(),
        OperatingRule.of("youden"),
        new Bootstrap(experiment.seed(), ROUNDS, LEVEL),
        grounds.again());
  }

  private static List<SourceTopics> own(KafkaConnection connection) {
    return List.of(new SourceTopics(SourceConfig.OWN, 1, KafkaClients.of(connection), connection));
  }

  private static TestedStudy tested(ScoredStudy study) {
    return TestedStudy.of(
        study.studyId(), study.patientId(), study.labels(), study.probabilities());
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
