package io.radstream.trainer.tuples;

import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.StudyTuple;
import io.radstream.trainer.tuples.LeftOut.Reason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether a tuple can be learned from at all.
 *
 * @param tokenizer fingerprint of the run's tokenizer, or of both
 * @param vocabulary number of its token ids
 * @param encoderVocabulary the same of the report encoder's, where it has one of its own
 * @param needed what a tuple must have
 */
public record TupleCheck(
    String tokenizer, int vocabulary, OptionalInt encoderVocabulary, NeededInputs needed) {

  /** Start token, one word, end token. */
  private static final int SHORTEST = 3;

  private static final String ANY_TOKENIZER = "";

  public static TupleCheck of(ReportTokenizers tokenizers, NeededInputs needed) {
    return new TupleCheck(
        tokenizers.fingerprint(),
        tokenizers.decoder().vocabulary().size(),
        tokenizers.areShared()
            ? OptionalInt.empty()
            : OptionalInt.of(tokenizers.encoder().vocabulary().size()),
        needed);
  }

  /** For whoever looks at nothing but pictures: any tuple will do that has one. */
  public static TupleCheck ofPictures() {
    return new TupleCheck(
        ANY_TOKENIZER, Integer.MAX_VALUE, OptionalInt.empty(), new NeededInputs(false));
  }

  /** Whether the tuple was made with the run's tokenizer. */
  public boolean sameTokenizer(StudyTuple tuple) {
    return picturesOnly() || tuple.getTokenizer().equals(tokenizer);
  }

  private boolean picturesOnly() {
    return tokenizer.equals(ANY_TOKENIZER);
  }

  /** Whether the tuple says that nothing of its study is to be used from this revision on. */
  public static boolean takesBack(StudyTuple tuple) {
    return tuple.getViews().isEmpty() && tuple.getTokens().isEmpty();
  }

  /**
   * Why the tuple cannot be learned from, whichever tokenizer it was made with; empty where it can.
   */
  public Optional<Reason> fault(StudyTuple tuple) {
    if (takesBack(tuple)) {
      return Optional.of(Reason.TAKEN_BACK);
    }
    if (tuple.getViews().isEmpty()) {
      return Optional.of(Reason.NO_VIEW);
    }
    if (picturesOnly()) {
      return Optional.empty();
    }
    if (tuple.getTokens().isEmpty()) {
      return withoutReport(tuple);
    }
    if (tuple.getTokens().size() < SHORTEST) {
      return Optional.of(Reason.EMPTY_REPORT);
    }
    return sameTokenizer(tuple) ? tokenFault(tuple) : Optional.empty();
  }

  private Optional<Reason> withoutReport(StudyTuple tuple) {
    if (needed.report()) {
      return Optional.of(Reason.NO_REPORT);
    }
    List<Integer> encoderTokens = tuple.getEncoderTokens();
    return encoderTokens == null || encoderTokens.isEmpty()
        ? Optional.empty()
        : Optional.of(Reason.FOREIGN_TOKENS);
  }

  /** Ids outside the vocabulary would read outside the embedding table. */
  private Optional<Reason> tokenFault(StudyTuple tuple) {
    Optional<Reason> fault = tokenFault(tuple.getTokens(), tuple.getEncoderTokens());
    return fault.isPresent() || tuple.getMirroredTokens() == null
        ? fault
        : tokenFault(tuple.getMirroredTokens(), tuple.getMirroredEncoderTokens());
  }

  private Optional<Reason> tokenFault(List<Integer> tokens, List<Integer> encoderTokens) {
    if (tokens.size() < SHORTEST || !isWithin(vocabulary, tokens)) {
      return Optional.of(Reason.FOREIGN_TOKENS);
    }
    if (encoderVocabulary.isEmpty()) {
      return encoderTokens == null ? Optional.empty() : Optional.of(Reason.FOREIGN_TOKENS);
    }
    if (encoderTokens == null || encoderTokens.size() < SHORTEST) {
      return Optional.of(Reason.NO_ENCODER_TOKENS);
    }
    return isWithin(encoderVocabulary.getAsInt(), encoderTokens)
        ? Optional.empty()
        : Optional.of(Reason.FOREIGN_TOKENS);
  }

  private static boolean isWithin(int vocabulary, List<Integer> tokens) {
    return tokens.size() >= SHORTEST && tokens.stream().allMatch(id -> id >= 0 && id < vocabulary);
  }
}
