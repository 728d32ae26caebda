package io.radstream.serving.checkpoint;

import io.radstream.schemas.CheckpointPublished;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A checkpoint that was announced, and what became of it here.
 *
 * @param id as announced
 * @param line model line
 * @param runId the run that made it
 * @param step optimizer steps behind it
 * @param announcedAt time of the announcement
 * @param metrics finite figures at the checkpoint, for example validation_loss
 * @param withdrawnStudies how many studies it, or what it grew out of, learned from that were
 *     withdrawn since
 * @param state what became of it
 */
public record KnownCheckpoint(
    String id,
    String line,
    String runId,
    long step,
    Instant announcedAt,
    Map<String, Double> metrics,
    int withdrawnStudies,
    State state) {

  /** What became of a checkpoint in this service. */
  public sealed interface State {

    /** Not loaded: a newer one was there already, or it is being loaded. */
    record Known() implements State {}

    /** Answers requests. */
    record Live(Instant since) implements State {}

    /** Was live; another one took its place. */
    record Replaced(Instant since) implements State {}

    /** Must not become live. */
    record Refused(String reason) implements State {}
  }

  static KnownCheckpoint of(CheckpointPublished announced) {
    return new KnownCheckpoint(
        announced.getCheckpointId(),
        announced.getLine(),
        announced.getRunId(),
        announced.getStep(),
        announced.getTime(),
        finite(announced.getMetrics()),
        0,
        new State.Known());
  }

  private static Map<String, Double> finite(Map<String, Double> metrics) {
    return metrics.entrySet().stream()
        .filter(metric -> Double.isFinite(metric.getValue()))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  KnownCheckpoint with(State next) {
    return new KnownCheckpoint(id, line, runId, step, announcedAt, metrics, withdrawnStudies, next);
  }

  KnownCheckpoint seen(int withdrawn) {
    return new KnownCheckpoint(id, line, runId, step, announcedAt, metrics, withdrawn, state);
  }
}
