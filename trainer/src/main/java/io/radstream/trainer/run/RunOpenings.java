package io.radstream.trainer.run;

import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.model.RefersTraining;
import io.radstream.schemas.RunOpening;
import io.radstream.schemas.StepRecord;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.RunBasis;
import io.radstream.trainer.data.StartPoint;
import io.radstream.trainer.ledger.LedgerEntry;
import io.radstream.trainer.tuples.SourceRange;
import io.radstream.trainer.tuples.SourceRanges;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the record that tells how this process begins or resumes its run. */
record RunOpenings(
    RunBasis basis, List<SourceRange> ranges, Map<String, String> environment, Clock clock) {

  RunOpenings {
    ranges = List.copyOf(ranges);
    environment = Map.copyOf(environment);
  }

  /**
   * @param network about to take its first step that is not on the ledger yet
   */
  StepRecord at(RefersTraining network) {
    return record(network.weightsDigest(), basis.start().isResumed() ? Map.of() : tokenizerFiles());
  }

  /** For ranks that have nothing yet. */
  StepRecord forRanks() {
    return record("", tokenizerFiles());
  }

  private StepRecord record(String weightsDigest, Map<String, ByteBuffer> tokenizers) {
    RunConfig config = basis.config();
    StartPoint start = basis.start();
    RunOpening opening =
        RunOpening.newBuilder()
            .setLine(config.line())
            .setFirstStep(start.firstStep())
            .setParent(parent())
            .setWeightsDigest(weightsDigest)
            .setConfig(config.toJson())
            .setTokenizers(tokenizers)
            .setDataSeed(basis.dataSeed())
            .setRanges(SourceRanges.toRecords(ranges))
            .setEnvironment(environment)
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
    return basis.start().isResumed() ? null : basis.start().origin().id().orElse(null);
  }

  private long step() {
    return basis.start().ledger().stream()
        .map(LedgerEntry::record)
        .mapToLong(StepRecord::getStep)
        .max()
        .orElse(basis.start().step());
  }

  private Map<String, ByteBuffer> tokenizerFiles() {
    Map<String, ByteBuffer> files = new LinkedHashMap<>();
    CheckpointDirectory.tokenizerFiles(basis.tokenizers())
        .forEach((name, json) -> files.put(name, ByteBuffer.wrap(json)));
    return files;
  }
}
