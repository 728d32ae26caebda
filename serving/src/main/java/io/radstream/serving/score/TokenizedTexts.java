package io.radstream.serving.score;

import io.radstream.model.config.Generation;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.ReportTokenizers;

/**
 * By a checkpoint's tokenizers.
 *
 * @param tokenizers closed with this
 * @param longest in tokens, start and end token included
 */
public record TokenizedTexts(ReportTokenizers tokenizers, int longest) implements ReportTexts {

  @Override
  public String fingerprint() {
    return tokenizers.fingerprint();
  }

  @Override
  public int[] tokens(String sentence) {
    return tokenizers.encoder().encode(sentence, longest);
  }

  @Override
  public String text(int[] ids) {
    return tokenizers.decoder().decode(ids);
  }

  @Override
  public Generation writing(int vocabulary) {
    ReportTokenizer decoder = tokenizers.decoder();
    return Generation.greedy(decoder.vocabulary().start(), decoder.vocabulary().end())
        .withForbidden(decoder.wordless(vocabulary));
  }

  @Override
  public void close() {
    tokenizers.close();
  }
}
