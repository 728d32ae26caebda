package io.radstream.trainer.testing;

import io.radstream.checkpoints.CalibratedFinding.Scored;
import io.radstream.checkpoints.Checkpoint;
import io.radstream.evaluation.findings.FindingsComparison;
import io.radstream.evaluation.findings.FindingsMeasure;
import io.radstream.evaluation.findings.SplitFigures;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.objects.ClaimedObjects;
import io.radstream.radiology.Sha256;
import io.radstream.schemas.Evaluation;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.tuples.SourceRange;
import io.radstream.trainer.tuples.SourceRanges;
import io.radstream.trainer.tuples.Withdrawals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Judges checkpoints on the studies of a split as the topics stand when it is opened, and records
 * what came of it on {@code evaluations} before anybody is told: what a test gave once cannot be
 * unseen, so it must not be forgotten. Not thread-safe.
 *
 * <p>What has been read is remembered by the name of the line. Checkpoints of a line grow out of
 * each other, and other settings begin another run of the same line from its weights: by a run's or
 * a checkpoint's id, one could read the test, change something, go on and read again.
 */
public final class FindingsEvaluator implements AutoCloseable {

  private final EvaluationLog log;
  private final ComputeDevice device;
  private final Clock clock;
  private final SplitStudies studies;
  private final SplitStudies validation;
  private final Withdrawals withdrawn;
  private final Optional<ClaimedObjects> originals;

  private FindingsEvaluator(
      EvaluationLog log,
      ComputeDevice device,
      Clock clock,
      SplitStudies studies,
      SplitStudies validation,
      Withdrawals withdrawn,
      Optional<ClaimedObjects> originals) {
    this.log = log;
    this.device = device;
    this.clock = clock;
    this.studies = studies;
    this.validation = validation;
    this.withdrawn = withdrawn;
    this.originals = originals;
  }

  /**
   * @param judged where the studies are that are judged on
   * @param split topic of their tuples
   * @param trained where the studies for validation are, which thresholds are chosen on
   * @param connection whose topic {@code evaluations} holds what was read before, and is written to
   * @param originals where pictures at full resolution are read; empty where nobody has said
   * @throws IllegalStateException where a topic does not exist
   */
  public static FindingsEvaluator open(
      List<SourceTopics> judged,
      Topic split,
      List<SourceTopics> trained,
      KafkaClients clients,
      KafkaConnection connection,
      ComputeDevice device,
      Clock clock,
      Optional<ClaimedObjects> originals)
      throws InterruptedException {
    SplitStudies studies = SplitStudies.find(judged, split);
    SplitStudies validation =
        split == Topic.TUPLES_VALIDATION && judged.equals(trained)
            ? studies
            : SplitStudies.find(trained, Topic.TUPLES_VALIDATION);
    List<SourceTopics> all = Stream.concat(judged.stream(), trained.stream()).distinct().toList();
    return new FindingsEvaluator(
        new EvaluationLog(clients, connection),
        device,
        clock,
        studies,
        validation,
        Withdrawals.follow(all, clients, connection),
        originals);
  }

  /** Number of studies of the split that have a view. */
  public int size() {
    return studies.size();
  }

  /**
   * @throws TestReadException where the checkpoint's line has been judged on the test, and is not
   *     to be again; nothing was scored then
   * @throws IllegalArgumentException where the checkpoint cannot tell findings in the manner that
   *     is asked for
   * @throws io.radstream.trainer.augment.MissingOriginalException where a picture at full
   *     resolution is not to be had that the checkpoint wants; nothing is recorded then
   * @throws IOException where a file of the checkpoint is missing or damaged, no study has a label,
   *     or the evaluation cannot be recorded
   * @throws java.util.concurrent.CancellationException where the listener requested a stop; nothing
   *     is recorded then
   */
  public FindingsEvaluation evaluate(EvaluationRequest request, ScoringListener listener)
      throws IOException, InterruptedException {
    Checkpoint checkpoint = request.checkpoint();
    List<Evaluation> before = log.readings(checkpoint.state().line(), studies.ranges());
    if (!before.isEmpty() && studies.split() == Topic.TUPLES_TEST && !request.again()) {
      throw new TestReadException(before.get(before.size() - 1));
    }
    ScoredSplit chosenOn = score(validation, request, listener);
    ScoredSplit scored = validation.equals(studies) ? chosenOn : score(studies, request, listener);
    if (scored.studies().isEmpty()) {
      throw new IOException(
          "no study of %s can be judged by: none has a label for any of %s; nothing was recorded"
              .formatted(studies.split().suffix(), scored.findings()));
    }
    OperatingPoints points = OperatingPoints.of(request.rule(), validation.split(), chosenOn);
    SplitFigures figures =
        new FindingsMeasure(request.bootstrap()).of(scored.judged(), points.thresholds());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    FindingsEvaluation evaluation =
        new FindingsEvaluation(
            id(checkpoint, scored.ranges(), now),
            now,
            checkpoint.state(),
            FindingsEvaluation.weights(checkpoint),
            studies.split(),
            before.size() + 1,
            scored,
            figures,
            points,
            request.bootstrap());
    log.write(evaluation);
    return evaluation;
  }

  /**
   * What was recorded of the same weights on the same ranges in the same manner, without those of
   * the studies that have been withdrawn since: what a test has told once need not be read again.
   * The newest, where there are several; empty where there is none.
   *
   * @throws IOException where the checkpoint cannot be read
   */
  public Optional<ScoredSplit> recorded(EvaluationRequest request) throws IOException {
    List<Scored> ways = request.manner().ways(request.checkpoint());
    return log.scored(
            FindingsEvaluation.weights(request.checkpoint()),
            ways,
            SourceRanges.toRecords(studies.ranges(ways.stream().map(Scored::finding).toList())))
        .map(scored -> scored.without(withdrawn::contains));
  }

  private ScoredSplit score(SplitStudies of, EvaluationRequest request, ScoringListener listener)
      throws IOException {
    return new SplitScoring(of, withdrawn::contains, device, request.manner(), originals)
        .score(request.checkpoint(), listener);
  }

  private static String id(Checkpoint checkpoint, List<SourceRange> ranges, Instant now) {
    String text = FindingsEvaluation.weights(checkpoint) + ranges + now;
    return checkpoint.id()
        + "-"
        + Sha256.of(text.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  /**
   * How an evaluation of this split compares with another checkpoint. Where that was judged on the
   * same ranges before, what it said then is taken from the record, and the test is not read again;
   * else it is evaluated, and recorded, as any other.
   *
   * @param request of the other checkpoint
   * @throws TestReadException as of {@link #evaluate}
   * @throws IllegalArgumentException where the two have no finding in common
   */
  public FindingsComparison.Comparison compare(
      FindingsEvaluation evaluation, EvaluationRequest request, ScoringListener listener)
      throws IOException, InterruptedException {
    Optional<ScoredSplit> known =
        log.scored(
            FindingsEvaluation.weights(request.checkpoint()),
            request.manner().ways(request.checkpoint()),
            SourceRanges.toRecords(evaluation.scored().ranges()));
    ScoredSplit other = known.isPresent() ? known.get() : evaluate(request, listener).scored();
    return new FindingsComparison(request.bootstrap())
        .of(evaluation.scored().judgedWith(other), other.judgedWith(evaluation.scored()));
  }

  @Override
  public void close() {
    withdrawn.close();
  }
}
