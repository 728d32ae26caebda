package io.radstream.experiments.plan;

/**
 * A run of pre-training.
 *
 * @param initialisation that it is for
 * @param recipe what it learns
 * @param seed of the run
 * @param line of the run; another one where the settings are others
 * @param fingerprint of what decides its weights
 */
public record Pretraining(
    Initialisation initialisation,
    Origin.Pretrained recipe,
    long seed,
    String line,
    String fingerprint) {

  public String name() {
    return initialisation.name();
  }
}
