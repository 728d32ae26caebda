package io.radstream.trainer.augment;

import io.radstream.radiology.report.VocabularyIds;

/**
 * A report as both text parts read it, from start to end token; no token where there is no report.
 *
 * @param decoder ids of the report transformer
 * @param encoder ids of the report encoder; the same array where both share a vocabulary
 */
@SuppressWarnings("ArrayRecordComponent") // shared by all epochs, never written
public record ReportTokens(int[] decoder, int[] encoder) {

  /** For two parts with one vocabulary. */
  public static ReportTokens shared(int[] tokens) {
    return new ReportTokens(tokens, tokens);
  }

  /** The same report with the tokens "left" and "right" exchanged. */
  ReportTokens mirror(VocabularyIds decoderVocabulary, VocabularyIds encoderVocabulary) {
    int[] mirrored = decoderVocabulary.mirror(decoder);
    return decoder == encoder
        ? shared(mirrored)
        : new ReportTokens(mirrored, encoderVocabulary.mirror(encoder));
  }
}
