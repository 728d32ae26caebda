package io.radstream.cli.reports;

import io.radstream.model.config.Generation;
import io.radstream.radiology.report.ReportTokenizer;
import java.util.Optional;

/**
 * How a command has reports written.
 *
 * @param beams reports of a study that are followed at a time; 1 for greedy search
 * @param maxTokens of the longest report, start and end token included; empty for the network's
 */
public record BeamWriting(int beams, Optional<Integer> maxTokens) {

  /**
   * @param vocabulary of the network's report transformer
   * @throws IllegalArgumentException where these are out of their range
   */
  public Generation by(ReportTokenizer tokenizer, int vocabulary) {
    Generation options =
        Generation.beam(tokenizer.vocabulary().start(), tokenizer.vocabulary().end(), beams)
            .withForbidden(tokenizer.wordless(vocabulary));
    return options.withTokens(options.minTokens(), maxTokens.orElse(options.maxTokens()));
  }
}
