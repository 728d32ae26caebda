package io.radstream.trainer.run;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.model.RefersTraining;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.RunOpening;
import io.radstream.schemas.StepRecord;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.StartPoint;
import io.radstream.trainer.ledger.LedgerEntry;
import io.radstream.trainer.ledger.SourceRanges;
import io.radstream.trainer.tuples.SourceRange;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the record that tells how this process begins or resumes its run. */
final class RunOpenings {

  private final RunConfig config;
  private final ReportTokenizers tokenizers;
  private final StartPoint start;
  private final List<SourceRange> ranges;
  private final Clock clock;

  RunOpenings(
      RunConfig config,
      ReportTokenizers tokenizers,
      StartPoint start,
      List<SourceRange> ranges,
      Clock clock) {
    this.config = config;
    this.tokenizers = tokenizers;
    this.start = start;
    this.ranges = List.copyOf(ranges);
    this.clock = clock;
  }

  /**
   * @param network about to take its first step that is not on the ledger yet
   */
  StepRecord at(RefersTraining network) {
    RunOpening opening =
        RunOpening.newBuilder()
            .setLine(config.line())
            .setFirstStep(start.firstStep())
            .setParent(parent())
            .setWeightsDigest(network.weightsDigest())
            .setConfig(config.toJson())
            .setTokenizers(start.isResumed() ? Map.of() : tokenizerFiles())
            .setDataSeed(start.dataSeed(config.seed()))
            .setRanges(SourceRanges.toRecords(ranges))
            .setEnvironment(RunEnvironment.current())
            .setTime(clock.instant())
            .setArrangement(start.arrangement().number())
            .build();
    return StepRecord.newBuilder()
        .setRunId(start.runId())
        .setStep(step())
        .setSeed(config.seed())
        .setBatchDigest("")
        .setLearningRates(Map.of())
        .setLosses(Map.of())
        .setOpening(opening)
        .build();
  }

  /** Of the run, wherever this process resumes it. */
  private String parent() {
    if (start.isResumed()) {
      return null;
    }
    return start.from().map(Checkpoint::id).orElse(null);
  }

  private long step() {
    return start.ledger().stream()
        .map(LedgerEntry::record)
        .mapToLong(StepRecord::getStep)
        .max()
        .orElse(start.step());
  }

  private Map<String, ByteBuffer> tokenizerFiles() {
    Map<String, ByteBuffer> files = new LinkedHashMap<>();
    CheckpointDirectory.tokenizerFiles(tokenizers)
        .forEach((name, json) -> files.put(name, ByteBuffer.wrap(json)));
    return files;
  }
}
