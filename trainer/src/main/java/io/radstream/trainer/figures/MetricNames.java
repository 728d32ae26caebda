package io.radstream.trainer.figures;

import io.radstream.trainer.timing.Phase;

/** Names of figures on the metrics topic and in checkpoints. */
public final class MetricNames {

  public static final String LOSS = "loss";
  public static final String LOSS_CONTRASTIVE = "loss_contrastive";
  public static final String LOSS_LANGUAGE = "loss_language";
  public static final String LOSS_LABELS = "loss_labels";
  public static final String LEARNING_RATE_RADIOGRAPH = "learning_rate_radiograph";
  public static final String LEARNING_RATE_TEXT = "learning_rate_text";
  public static final String GRADIENT_NORM = "gradient_norm";
  public static final String LOSS_SCALE = "loss_scale";
  public static final String SKIPPED_STEPS = "skipped_steps";
  public static final String STUDIES_PER_SECOND = "studies_per_second";
  public static final String DATA_WAIT_SECONDS = "data_wait_seconds";
  public static final String STEP_SECONDS = "step_seconds";
  public static final String EPOCH = "epoch";

  /** Studies of the step that no epoch mirrors, since their reports could not follow. */
  public static final String UNMIRRORABLE_STUDIES = "unmirrorable_studies";

  /** New tuples that wait, where the run follows the stream. */
  public static final String LAG = "lag";

  public static final String VALIDATION_LOSS = "validation_loss";
  public static final String VALIDATION_LOSS_CONTRASTIVE = "validation_loss_contrastive";
  public static final String VALIDATION_LOSS_LANGUAGE = "validation_loss_language";
  public static final String VALIDATION_LOSS_LABELS = "validation_loss_labels";

  /** The mean over findings; with {@code _<finding>} behind it, of one. */
  public static final String VALIDATION_AUC = "validation_auc";

  public static final String VALIDATION_PERPLEXITY = "validation_perplexity";

  /** Reports found from their studies: recall at 1. */
  public static final String RETRIEVAL_TOP1 = "retrieval_top1";

  public static final String RETRIEVAL_TOP5 = "retrieval_top5";
  public static final String RETRIEVAL_TOP10 = "retrieval_top10";

  /** Studies found from their reports: recall at 1. */
  public static final String RETRIEVAL_STUDY_TOP1 = "retrieval_study_top1";

  public static final String RETRIEVAL_STUDY_TOP5 = "retrieval_study_top5";
  public static final String RETRIEVAL_STUDY_TOP10 = "retrieval_study_top10";
  public static final String RETRIEVAL_CHANCE = "retrieval_chance";

  private MetricNames() {}

  /** Of a phase of a step: {@code forward_seconds}. */
  public static String seconds(Phase phase) {
    return phase.label() + "_seconds";
  }
}
