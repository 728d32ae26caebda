package io.radstream.model.config;

import static io.radstream.model.config.ModelConfig.require;

/**
 * Settings of the objective that compares pictures with themselves (C2L, Zhou et al., 2020,
 * "Comparing to Learn"), without reports or labels: a baseline of the paper (section 2.2), off in
 * REFERS itself. The numbers of {@link #OFF} are those of its authors' code.
 *
 * @param weight of the loss; 0 for off
 * @param width of the vectors that are compared
 * @param queue keys that a picture is told from
 * @param momentum share of the following encoder's weights that stays in a step
 * @param temperature τ that cosines are divided by
 */
public record ImageComparison(
    double weight, int width, int queue, double momentum, double temperature) {

  /** No pictures are compared. */
  public static final ImageComparison OFF = new ImageComparison(0, 128, 16_384, 0.999, 0.07);

  /** Rows that a float counts exactly. */
  private static final int MOST_KEYS = 1 << 24;

  public ImageComparison {
    require(weight >= 0, "model.objectives.comparison.weight (at least 0)", weight);
    require(width > 0, "model.objectives.comparison.width (at least 1)", width);
    require(
        queue > 0 && queue <= MOST_KEYS,
        "model.objectives.comparison.queue (1 to %d)".formatted(MOST_KEYS),
        queue);
    require(
        momentum >= 0 && momentum <= 1, "model.objectives.comparison.momentum (0 to 1)", momentum);
    require(temperature > 0, "model.objectives.comparison.temperature (above 0)", temperature);
  }
}
