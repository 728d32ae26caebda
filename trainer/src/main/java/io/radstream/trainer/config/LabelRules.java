package io.radstream.trainer.config;

import static io.radstream.trainer.config.RunConfig.require;

import java.util.Objects;

/**
 * Which labels a run learns from.
 *
 * @param verdicts what becomes of those that readers gave who had seen a score
 * @param studies which studies are read to learn from and to validate on
 * @param share of the patients, above 0 and at most 1, whose labelled studies are learned from;
 *     validation is on all of its own
 * @param draw decides which patients these are, apart from the run's seed
 */
public record LabelRules(Verdicts verdicts, Studies studies, double share, long draw) {

  public static final LabelRules DEFAULT = new LabelRules(Verdicts.LEAVE_OUT, Studies.ALL, 1, 0);

  /** How verdicts and other labels of a study go together, finding by finding. */
  public enum Verdicts {
    /** Verdicts teach nothing. */
    LEAVE_OUT,
    /** Whichever was said last counts. */
    LATEST,
    /** A verdict counts before any other label, the last verdict before earlier ones. */
    FIRST
  }

  /** Which studies a run reads. */
  public enum Studies {
    /** One without a label counts in other objectives, and fills the batch. */
    ALL,
    /** Those with a label for any finding of the run; a batch is no larger than all of them. */
    LABELLED
  }

  public LabelRules {
    Objects.requireNonNull(verdicts, "labels.verdicts");
    Objects.requireNonNull(studies, "labels.studies");
    require(share > 0 && share <= 1, "labels.share (above 0, at most 1)", share);
    require(
        share == 1 || studies == Studies.LABELLED,
        "labels.share (below 1 with labels.studies=LABELLED only)",
        share);
  }

  /** The same, learned from those studies only that have a label. */
  public LabelRules ofLabelledStudies() {
    return new LabelRules(verdicts, Studies.LABELLED, share, draw);
  }
}
