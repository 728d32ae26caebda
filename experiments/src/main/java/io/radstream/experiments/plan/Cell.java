package io.radstream.experiments.plan;

/**
 * A run of fine-tuning, and the test after it.
 *
 * @param ratio share of the patients with labels that it learns from
 * @param repeat from 1
 * @param seed of the run and of the draw of patients: the same in each row
 * @param line of the run; another one where the settings are others
 * @param fingerprint of what decides its weights and its test
 */
public record Cell(
    Initialisation initialisation,
    Target target,
    double ratio,
    int repeat,
    long seed,
    String line,
    String fingerprint) {

  /** The same whatever the settings: target, initialisation, ratio in per cent and repeat. */
  public String name() {
    return nameOf(target, initialisation, ratio, repeat);
  }

  static String nameOf(Target target, Initialisation initialisation, double ratio, int repeat) {
    return "%s-%s-%s-r%d"
        .formatted(target.name(), initialisation.name(), Ratios.percent(ratio), repeat);
  }
}
