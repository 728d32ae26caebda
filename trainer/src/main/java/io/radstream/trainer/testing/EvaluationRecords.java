package io.radstream.trainer.testing;

import io.radstream.checkpoints.CalibratedFinding.Scored;
import io.radstream.evaluation.findings.Estimate;
import io.radstream.evaluation.findings.FindingFigures;
import io.radstream.evaluation.findings.FindingFigures.AtThreshold;
import io.radstream.schemas.EstimatedFigure;
import io.radstream.schemas.EvaluatedFinding;
import io.radstream.schemas.EvaluatedStudy;
import io.radstream.schemas.Evaluation;
import io.radstream.trainer.tuples.SourceRanges;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An evaluation as records: in parts, so that none is too large for a broker. */
final class EvaluationRecords {

  private static final int MOST_STUDIES = 2000;

  /** Of predictions in a part; a record of Kafka's default size is 1 MiB. */
  private static final int MOST_BYTES = 800_000;

  /** A label and a probability. */
  private static final int BYTES_OF_A_FINDING = 2 * Float.BYTES;

  /** What frames a study's fields. */
  private static final int FRAMING_BYTES = 16;

  private EvaluationRecords() {}

  /** At least one, in order. */
  static List<Evaluation> of(FindingsEvaluation evaluation) {
    List<List<ScoredStudy>> parts = parts(evaluation.scored().studies());
    List<Evaluation> records = new ArrayList<>();
    for (List<ScoredStudy> part : parts) {
      records.add(
          whole(evaluation)
              .setPart(records.size())
              .setParts(parts.size())
              .setPredictions(part.stream().map(EvaluationRecords::prediction).toList())
              .build());
    }
    return records;
  }

  private static List<List<ScoredStudy>> parts(List<ScoredStudy> studies) {
    List<List<ScoredStudy>> parts = new ArrayList<>();
    int from = 0;
    do {
      int to = from;
      for (long bytes = 0; to < studies.size() && to - from < MOST_STUDIES; to++) {
        bytes += bytes(studies.get(to));
        if (bytes > MOST_BYTES && to > from) {
          break;
        }
      }
      parts.add(studies.subList(from, to));
      from = to;
    } while (from < studies.size());
    return parts;
  }

  private static long bytes(ScoredStudy study) {
    return text(study.studyId())
        + text(study.patientId())
        + (long) BYTES_OF_A_FINDING * study.labels().length
        + FRAMING_BYTES;
  }

  private static int text(String pseudonym) {
    return pseudonym.getBytes(StandardCharsets.UTF_8).length;
  }

  private static Evaluation.Builder whole(FindingsEvaluation evaluation) {
    OmittedStudies omitted = evaluation.scored().omitted();
    return Evaluation.newBuilder()
        .setEvaluationId(evaluation.id())
        .setTime(evaluation.time())
        .setCheckpointId(evaluation.checkpoint().id())
        .setCheckpointDigest(evaluation.weights())
        .setLine(evaluation.checkpoint().line())
        .setRunId(evaluation.checkpoint().runId())
        .setParent(evaluation.checkpoint().parent())
        .setSplit(evaluation.split().suffix())
        .setReading(evaluation.reading())
        .setRanges(SourceRanges.toRecords(evaluation.scored().ranges()))
        .setStudies(evaluation.figures().studies())
        .setPatients(evaluation.figures().patients())
        .setUnlabelled(omitted.unlabelled())
        .setWithdrawn(omitted.withdrawn())
        .setUnreadable(omitted.unreadable())
        .setFindings(findings(evaluation))
        .setMeanAuc(estimate(evaluation.figures().meanAuc()))
        .setMeanAveragePrecision(estimate(evaluation.figures().meanAveragePrecision()))
        .setOperatingRule(evaluation.points().rule().toString())
        .setOperatingSplit(evaluation.points().split().suffix())
        .setOperatingRanges(SourceRanges.toRecords(evaluation.points().ranges()))
        .setBootstrapSeed(evaluation.bootstrap().seed())
        .setBootstrapDraws(evaluation.bootstrap().rounds())
        .setLevel(evaluation.bootstrap().level());
  }

  private static List<EvaluatedFinding> findings(FindingsEvaluation evaluation) {
    Map<String, Optional<String>> prompts = new HashMap<>();
    evaluation.scored().ways().forEach(way -> prompts.put(way.finding(), way.prompts()));
    return evaluation.figures().findings().stream()
        .map(figures -> finding(figures, prompts.get(figures.finding())))
        .toList();
  }

  /** How each finding was told. */
  static List<Scored> ways(Evaluation record) {
    return record.getFindings().stream()
        .map(one -> new Scored(one.getFinding(), Optional.ofNullable(one.getPrompts())))
        .toList();
  }

  private static EvaluatedFinding finding(FindingFigures figures, Optional<String> prompts) {
    Optional<AtThreshold> point = figures.atThreshold();
    return EvaluatedFinding.newBuilder()
        .setFinding(figures.finding())
        .setPresent(figures.present())
        .setAbsent(figures.absent())
        .setAuc(estimate(figures.auc()))
        .setAveragePrecision(estimate(figures.averagePrecision()))
        .setThreshold(point.map(AtThreshold::threshold).orElse(null))
        .setSensitivity(estimate(point.flatMap(AtThreshold::sensitivity)))
        .setSpecificity(estimate(point.flatMap(AtThreshold::specificity)))
        .setBrier(estimate(figures.brier()))
        .setCalibrationError(
            figures.calibrationError().isPresent()
                ? figures.calibrationError().getAsDouble()
                : null)
        .setPrompts(prompts.orElse(null))
        .build();
  }

  private static EstimatedFigure estimate(Optional<Estimate> estimate) {
    return estimate
        .map(
            of ->
                new EstimatedFigure(
                    of.value(),
                    of.interval().map(ends -> ends.low()).orElse(null),
                    of.interval().map(ends -> ends.high()).orElse(null),
                    of.interval().map(ends -> ends.rounds()).orElse(0)))
        .orElse(null);
  }

  private static EvaluatedStudy prediction(ScoredStudy study) {
    return new EvaluatedStudy(
        study.studyId(), study.patientId(), boxed(study.labels()), boxed(study.probabilities()));
  }

  private static List<Float> boxed(float[] values) {
    List<Float> boxed = new ArrayList<>(values.length);
    for (float value : values) {
      boxed.add(value);
    }
    return boxed;
  }

  /** The study of a record again. */
  static ScoredStudy scored(EvaluatedStudy study) {
    return new ScoredStudy(
        study.getStudyId(),
        study.getPatientId(),
        plain(study.getLabels()),
        plain(study.getProbabilities()));
  }

  private static float[] plain(List<Float> boxed) {
    float[] values = new float[boxed.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = boxed.get(i);
    }
    return values;
  }
}
