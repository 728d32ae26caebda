package io.radstream.trainer.figures;

import io.radstream.model.objective.BatchLosses;
import io.radstream.trainer.timing.Phase;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names of figures on the metrics topic and in checkpoints. What else an objective tells of a
 * validation it names itself.
 */
public final class MetricNames {

  public static final String LOSS = "loss";
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

  /**
   * Studies that the run has read for the first time since it last told of such, and when the
   * oldest and the newest of them arrived and on average, in seconds since the epoch. On the topic
   * only.
   */
  public static final String FIRST_READ = "first_read_studies";

  public static final String FIRST_READ_OLDEST = "first_read_oldest_arrival";
  public static final String FIRST_READ_MEAN = "first_read_mean_arrival";
  public static final String FIRST_READ_NEWEST = "first_read_newest_arrival";

  public static final String VALIDATION_LOSS = "validation_loss";

  private MetricNames() {}

  /** {@code loss_<objective>}. */
  public static String loss(String objective) {
    return LOSS + "_" + objective;
  }

  /** {@code validation_loss_<objective>}. */
  public static String validationLoss(String objective) {
    return VALIDATION_LOSS + "_" + objective;
  }

  /** What is minimised, then the loss of each objective, in their order. */
  public static Map<String, Double> of(BatchLosses losses) {
    Map<String, Double> named = new LinkedHashMap<>();
    named.put(LOSS, losses.total());
    losses.byObjective().forEach((objective, loss) -> named.put(loss(objective), loss));
    return named;
  }

  /** Of a phase of a step: {@code forward_seconds}. */
  public static String seconds(Phase phase) {
    return phase.label() + "_seconds";
  }
}
