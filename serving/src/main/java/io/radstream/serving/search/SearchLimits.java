package io.radstream.serving.search;

/**
 * How much may be searched.
 *
 * @param studies of an index, at most; the oldest leave
 */
public record SearchLimits(int studies) {

  private static final int MOST = 10_000_000;

  /**
   * @throws IllegalArgumentException where no study, or more than could be held, may be there
   */
  public SearchLimits {
    if (studies < 1 || studies > MOST) {
      throw new IllegalArgumentException(
          "an index holds 1 to %d studies, not %d".formatted(MOST, studies));
    }
  }
}
