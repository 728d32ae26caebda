package io.radstream.serving.checkpoint;

import io.radstream.schemas.CheckpointPublished;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Announcements as a trainer sends them. */
final class Announced {

  private Announced() {}

  /** Of a checkpoint that is nowhere: without files, and without metrics. */
  static CheckpointPublished.Builder of(String line, long step) {
    return CheckpointPublished.newBuilder()
        .setCheckpointId("%s-%09d".formatted(line, step))
        .setLine(line)
        .setRunId("run")
        .setUri("file:/unused")
        .setFiles(Map.of())
        .setStep(step)
        .setPositions(List.of())
        .setMetrics(Map.of())
        .setConfig("{}")
        .setTokenizer("unused")
        .setTime(Instant.EPOCH.plusSeconds(step));
  }
}
