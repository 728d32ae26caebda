package io.radstream.serving.panel;

/**
 * How strictly a checkpoint is judged.
 *
 * @param level how often the intervals of all findings together hold the true differences, for
 *     example 0.95; no nearer to 0 or 1 than a millionth
 * @param rounds draws of the bootstrap
 * @param least patients with a finding, and as many without it, that the finding is judged by
 * @param moved a score that differs by more than this has moved
 */
public record GateSettings(double level, int rounds, int least, double moved) {

  /** 95 %, 2000 draws, 10 patients of each kind, 0.1. */
  public static final GateSettings DEFAULT = new GateSettings(0.95, 2000, 10, 0.1);

  /** What is left outside is shared by all findings, and must not be lost in rounding. */
  private static final double LEAST_LEVEL = 1e-6;

  public GateSettings {
    if (!(level >= LEAST_LEVEL && level <= 1 - LEAST_LEVEL)) {
      throw new IllegalArgumentException(
          "the gate's level is between 0 and 1, and a millionth from either at least, such as 0.95,"
              + " not "
              + level);
    }
    if (rounds < 1) {
      throw new IllegalArgumentException("the gate draws at least once, not " + rounds + " times");
    }
    if (least < 1) {
      throw new IllegalArgumentException(
          "the gate judges a finding by at least 1 patient of each kind, not " + least);
    }
    if (!(moved >= 0 && moved <= 1)) {
      throw new IllegalArgumentException("a score moves by 0 to 1, not by " + moved);
    }
  }
}
