package io.radstream.cli;

import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.streams.StageConfig;
import io.radstream.streams.StreamStage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Published studies, taken through a stage to where a trainer reads them. */
final class StagedStudies {

  private StagedStudies() {}

  /**
   * All that is published by now, with a tokenizer from its reports.
   *
   * @return the tokenizer
   */
  static Path in(Path folder, KafkaConnection connection) throws Exception {
    Path tokenizer = tokenizer(folder, connection, 300);
    try (ReportTokenizers tokenizers = ReportTokenizers.load(tokenizer, Optional.empty())) {
      stage(folder, connection, StageConfig.of(tokenizers));
    }
    return tokenizer;
  }

  /**
   * @param vocabulary tokens at most
   */
  static Path tokenizer(Path folder, KafkaConnection connection, int vocabulary) throws Exception {
    Path file = folder.resolve("tokenizer-" + vocabulary + ".json");
    Invocation.on(connection, "tokenizer", "train", "--out=" + file, "--vocabulary=" + vocabulary)
        .json();
    return file;
  }

  /** Without a wait for what belongs together: all of it is there. */
  static void stage(Path folder, KafkaConnection connection, StageConfig config) throws Exception {
    try (StreamStage stage =
        StreamStage.start(connection, config.withSettle(Duration.ZERO), folder.resolve("stage"))) {
      StageWait.untilAllIsDone(stage);
    }
  }
}
