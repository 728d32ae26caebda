package io.radstream.trainer.bisect;

import java.util.OptionalDouble;

/**
 * When a figure is good and when it is bad. Near the bound it is neither: it is turning.
 *
 * @param bound between good and bad
 * @param goodUntil clearly good up to here, half way from the bound to what it was when it was good
 * @param badFrom clearly bad from here, half way from the bound to what it was when it was bad
 */
public record Judge(double bound, double goodUntil, double badFrom) {

  /**
   * @param good figure where it was good
   * @param bad figure where it was bad
   * @param bound midway between the two where not given
   * @throws IllegalArgumentException where the bound does not part the two
   */
  static Judge between(double good, double bad, OptionalDouble bound) {
    double at = bound.orElse((good + bad) / 2);
    if (!(Math.min(good, bad) < at && at < Math.max(good, bad))) {
      throw new IllegalArgumentException(
          "%.6g does not lie between %.6g and %.6g".formatted(at, good, bad));
    }
    return new Judge(at, (good + at) / 2, (at + bad) / 2);
  }

  /** Whether larger is worse. */
  public boolean worseAbove() {
    return badFrom > goodUntil;
  }

  boolean isGood(double value) {
    return worseAbove() ? value <= goodUntil : value >= goodUntil;
  }

  boolean isBad(double value) {
    return worseAbove() ? value >= badFrom : value <= badFrom;
  }

  /** Whether it is on the good side of the bound. */
  public boolean holds(double value) {
    return worseAbove() ? value < bound : value > bound;
  }
}
