package io.radstream.trainer.tuples;

import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.StudyTuple;
import java.util.List;
import java.util.OptionalInt;

/**
 * Whether a tuple can be learned from at all.
 *
 * @param tokenizer fingerprint of the run's tokenizer, or of both
 * @param vocabulary number of its token ids
 * @param encoderVocabulary the same of the report encoder's, where it has one of its own
 */
public record TupleCheck(String tokenizer, int vocabulary, OptionalInt encoderVocabulary) {

  /** Start token, one word, end token. */
  private static final int SHORTEST = 3;

  public static TupleCheck of(ReportTokenizers tokenizers) {
    return new TupleCheck(
        tokenizers.fingerprint(),
        tokenizers.decoder().vocabulary().size(),
        tokenizers.areShared()
            ? OptionalInt.empty()
            : OptionalInt.of(tokenizers.encoder().vocabulary().size()));
  }

  /** Whether the tuple was made with the run's tokenizer. */
  public boolean sameTokenizer(StudyTuple tuple) {
    return tuple.getTokenizer().equals(tokenizer);
  }

  /** Views and a report; ids outside the vocabulary would read outside the embedding table. */
  public boolean usable(StudyTuple tuple) {
    return !tuple.getViews().isEmpty()
        && tuple.getTokens().size() >= SHORTEST
        && (!sameTokenizer(tuple) || isWithinVocabularies(tuple));
  }

  private boolean isWithinVocabularies(StudyTuple tuple) {
    return areReport(tuple.getTokens(), tuple.getEncoderTokens())
        && (tuple.getMirroredTokens() == null
            || areReport(tuple.getMirroredTokens(), tuple.getMirroredEncoderTokens()));
  }

  private boolean areReport(List<Integer> tokens, List<Integer> encoderTokens) {
    return isWithin(vocabulary, tokens)
        && (encoderVocabulary.isEmpty()
            ? encoderTokens == null
            : encoderTokens != null && isWithin(encoderVocabulary.getAsInt(), encoderTokens));
  }

  private static boolean isWithin(int vocabulary, List<Integer> tokens) {
    return tokens.size() >= SHORTEST && tokens.stream().allMatch(id -> id >= 0 && id < vocabulary);
  }
}
