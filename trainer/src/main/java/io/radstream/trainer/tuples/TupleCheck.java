package io.radstream.trainer.tuples;

import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.schemas.StudyTuple;

/**
 * Whether a tuple can be learned from at all.
 *
 * @param tokenizer fingerprint of the run's tokenizer
 * @param vocabulary number of its token ids
 */
public record TupleCheck(String tokenizer, int vocabulary) {

  /** Start token, one word, end token. */
  private static final int SHORTEST = 3;

  public static TupleCheck of(ReportTokenizer tokenizer) {
    return new TupleCheck(tokenizer.fingerprint(), tokenizer.vocabulary().size());
  }

  boolean sameTokenizer(StudyTuple tuple) {
    return tuple.getTokenizer().equals(tokenizer);
  }

  /** Views and a report; ids outside the vocabulary would read outside the embedding table. */
  boolean usable(StudyTuple tuple) {
    return !tuple.getViews().isEmpty()
        && tuple.getTokens().size() >= SHORTEST
        && (!sameTokenizer(tuple)
            || tuple.getTokens().stream().allMatch(id -> id >= 0 && id < vocabulary));
  }
}
