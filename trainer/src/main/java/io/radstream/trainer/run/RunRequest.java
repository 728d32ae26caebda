package io.radstream.trainer.run;

import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.trainer.config.Arrangement;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.TrainingException;

/**
 * What a run is told.
 *
 * @param tokenizers that the tuples were made with; stay the caller's to close
 * @param beginning how to begin
 * @param arrangement of a run that begins
 */
public record RunRequest(
    RunConfig config, ReportTokenizers tokenizers, Beginning beginning, Arrangement arrangement) {

  /** By the newest arrangement, where a run begins. */
  public RunRequest(RunConfig config, ReportTokenizers tokenizers, Beginning beginning) {
    this(config, tokenizers, beginning, Arrangement.NEWEST);
  }

  /**
   * @throws TrainingException where the network has another number of tokens than a tokenizer
   */
  void requireVocabularies() {
    require("model.report", config.model().report().vocabulary(), tokenizers.decoder());
    require("model.text", config.model().text().vocabulary(), tokenizers.encoder());
  }

  private static void require(String part, int size, ReportTokenizer tokenizer) {
    if (size != tokenizer.vocabulary().size()) {
      throw new TrainingException(
          "%s.vocabulary is %d, but the tokenizer has %d tokens"
              .formatted(part, size, tokenizer.vocabulary().size()));
    }
  }
}
