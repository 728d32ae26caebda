package io.radstream.evaluation.labels;

import java.util.List;
import java.util.OptionalDouble;

/** Counts of one label, or of several together. */
record Agreement(long both, long onlyGenerated, long onlyReference) {

  static Agreement of(String label, List<LabelPair> studies) {
    long both = 0;
    long generated = 0;
    long reference = 0;
    for (LabelPair study : studies) {
      boolean inGenerated = study.generated().contains(label);
      boolean inReference = study.reference().contains(label);
      both += inGenerated && inReference ? 1 : 0;
      generated += inGenerated && !inReference ? 1 : 0;
      reference += inReference && !inGenerated ? 1 : 0;
    }
    return new Agreement(both, generated, reference);
  }

  Agreement plus(Agreement other) {
    return new Agreement(
        both + other.both,
        onlyGenerated + other.onlyGenerated,
        onlyReference + other.onlyReference);
  }

  OptionalDouble precision() {
    return share(both, both + onlyGenerated);
  }

  OptionalDouble recall() {
    return share(both, both + onlyReference);
  }

  OptionalDouble f1() {
    return share(2 * both, 2 * both + onlyGenerated + onlyReference);
  }

  private static OptionalDouble share(long part, long all) {
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / all);
  }
}
