package io.radstream.trainer.run;

import io.radstream.schemas.StepRecord;
import java.util.Optional;

/** Compares a step that was taken again with what the ledger has of it. */
public final class LedgerCheck {

  /** In what two takings of a step differ. */
  public enum Difference {
    DATA("data: the batch has other numbers"),
    SEED("seed: the step has another one"),
    CONFIG("config: the learning rates are others"),
    ARITHMETIC("arithmetic: from the same data, seed and rates came another loss or other weights");

    private final String meaning;

    Difference(String meaning) {
      this.meaning = meaning;
    }

    public String meaning() {
      return meaning;
    }
  }

  private LedgerCheck() {}

  /** The first of {@link Difference}; empty where all is the same. */
  public static Optional<Difference> compare(StepRecord before, StepRecord again) {
    if (!before.getBatchDigest().equals(again.getBatchDigest())) {
      return Optional.of(Difference.DATA);
    }
    if (before.getSeed() != again.getSeed()) {
      return Optional.of(Difference.SEED);
    }
    if (!before.getLearningRates().equals(again.getLearningRates())) {
      return Optional.of(Difference.CONFIG);
    }
    boolean sameWeights =
        before.getWeightsDigest() == null
            || again.getWeightsDigest() == null
            || before.getWeightsDigest().equals(again.getWeightsDigest());
    return before.getLosses().equals(again.getLosses()) && sameWeights
        ? Optional.empty()
        : Optional.of(Difference.ARITHMETIC);
  }
}
