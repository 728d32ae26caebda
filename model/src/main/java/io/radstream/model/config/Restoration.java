package io.radstream.model.config;

import static io.radstream.model.config.ModelConfig.require;

/**
 * Weights of the objectives that restore pictures, without reports or labels: baselines of the
 * paper (section 2.2), 0 in REFERS itself.
 *
 * @param context of Context Restoration (Chen et al., 2019)
 * @param genesis of Models Genesis (Zhou et al., 2021)
 * @param words of TransVW (Haghighi et al., 2021)
 */
public record Restoration(double context, double genesis, double words) {

  /** Nothing is restored. */
  public static final Restoration NONE = new Restoration(0, 0, 0);

  public Restoration {
    require(context >= 0, "model.objectives.restoration.context (at least 0)", context);
    require(genesis >= 0, "model.objectives.restoration.genesis (at least 0)", genesis);
    require(words >= 0, "model.objectives.restoration.words (at least 0)", words);
  }

  /** All weights together. No getter by its name, or it would be written as a setting. */
  public double sum() {
    return context + genesis + words;
  }
}
