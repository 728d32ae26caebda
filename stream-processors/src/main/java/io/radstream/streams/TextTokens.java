package io.radstream.streams;

import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.ReportTokenizers;
import java.util.Arrays;
import java.util.List;

/** A text as the tokenizers of the two text parts read it. */
final class TextTokens {

  /** Where there is no report: of that, not even a start token. */
  static final String NO_TEXT = "";

  private final ReportTokenizers tokenizers;
  private final boolean isEmpty;
  private final int[] decoder;
  private final int[] encoder;

  private TextTokens(ReportTokenizers tokenizers, boolean isEmpty, int[] decoder, int[] encoder) {
    this.tokenizers = tokenizers;
    this.isEmpty = isEmpty;
    this.decoder = decoder;
    this.encoder = encoder;
  }

  static TextTokens of(String text, ReportTokenizers tokenizers) {
    int[] decoder = tokenizers.decoder().words(text);
    int[] encoder = tokenizers.areShared() ? decoder : tokenizers.encoder().words(text);
    return new TextTokens(tokenizers, text.equals(NO_TEXT), decoder, encoder);
  }

  /** For the report transformer, from its start to its end token; none of no text. */
  List<Integer> decoder(int most) {
    return framed(tokenizers.decoder(), decoder, most);
  }

  /** The same for the report encoder; null where both text parts read the same. */
  List<Integer> encoder(int most) {
    return tokenizers.areShared() ? null : framed(tokenizers.encoder(), encoder, most);
  }

  /** Whether both tokenizers know as many words of either text. */
  boolean isAsKnown(TextTokens other) {
    return tokenizers.decoder().unknown(decoder) == tokenizers.decoder().unknown(other.decoder)
        && tokenizers.encoder().unknown(encoder) == tokenizers.encoder().unknown(other.encoder);
  }

  private List<Integer> framed(ReportTokenizer tokenizer, int[] words, int most) {
    return isEmpty ? List.of() : Arrays.stream(tokenizer.framed(words, most)).boxed().toList();
  }
}
