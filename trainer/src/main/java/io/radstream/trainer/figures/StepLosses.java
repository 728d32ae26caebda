package io.radstream.trainer.figures;

import io.radstream.model.config.Objectives;
import io.radstream.model.training.StepResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * StepLosses of a step; empty where one is not an objective of the run.
 *
 * @param contrastive mean over studies
 * @param language mean over studies of the sum over a report's tokens, or mean over tokens, as the
 *     configuration says
 * @param labels mean over the known labels
 * @param total what is minimised: the weighted sum
 */
public record StepLosses(
    Optional<Double> contrastive,
    Optional<Double> language,
    Optional<Double> labels,
    double total) {

  public static StepLosses of(StepResult result, Objectives objectives) {
    return new StepLosses(
        where(objectives.contrastive() > 0, result.contrastive()),
        where(objectives.language() > 0, result.language()),
        where(objectives.labels() > 0, result.labels()),
        result.loss());
  }

  private static Optional<Double> where(boolean objective, double loss) {
    return objective ? Optional.of(loss) : Optional.empty();
  }

  /** Under the names of the metrics topic, those that there are. */
  public Map<String, Double> byName() {
    Map<String, Double> losses = new LinkedHashMap<>();
    losses.put(MetricNames.LOSS, total);
    contrastive.ifPresent(loss -> losses.put(MetricNames.LOSS_CONTRASTIVE, loss));
    language.ifPresent(loss -> losses.put(MetricNames.LOSS_LANGUAGE, loss));
    labels.ifPresent(loss -> losses.put(MetricNames.LOSS_LABELS, loss));
    return losses;
  }
}
