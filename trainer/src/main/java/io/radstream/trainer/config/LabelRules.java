package io.radstream.trainer.config;

import java.util.Objects;

/**
 * Which labels a run learns from.
 *
 * @param verdicts what becomes of those that readers gave who had seen a score
 */
public record LabelRules(Verdicts verdicts) {

  public static final LabelRules DEFAULT = new LabelRules(Verdicts.LEAVE_OUT);

  /** How verdicts and other labels of a study go together, finding by finding. */
  public enum Verdicts {
    /** Verdicts teach nothing. */
    LEAVE_OUT,
    /** Whichever was said last counts. */
    LATEST,
    /** A verdict counts before any other label, the last verdict before earlier ones. */
    FIRST
  }

  public LabelRules {
    Objects.requireNonNull(verdicts, "labels.verdicts");
  }
}
