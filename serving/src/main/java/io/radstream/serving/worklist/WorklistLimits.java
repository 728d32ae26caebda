package io.radstream.serving.worklist;

import java.time.Duration;
import java.util.Set;

/**
 * What stands on the list.
 *
 * @param studies at most; those that were scored longest ago leave
 * @param age of a score, at most
 * @param unranked findings by which no study rises, as that there is none
 */
public record WorklistLimits(int studies, Duration age, Set<String> unranked) {

  /** What nobody looks for, by the names that the built-in sentences and the phantoms have. */
  public static final Set<String> NO_FINDINGS = Set.of("normal", "no finding");

  private static final int MOST = 100_000;

  /**
   * @throws IllegalArgumentException where nothing, or more than could be held, may be there
   */
  public WorklistLimits {
    unranked = Set.copyOf(unranked);
    if (studies < 1 || studies > MOST) {
      throw new IllegalArgumentException(
          "a worklist holds 1 to %d studies, not %d".formatted(MOST, studies));
    }
    if (age.isNegative() || age.isZero()) {
      throw new IllegalArgumentException("a worklist goes back some time, not " + age);
    }
  }
}
