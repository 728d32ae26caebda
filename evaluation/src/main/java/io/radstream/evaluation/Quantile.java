package io.radstream.evaluation;

/** Quantiles of a sample. */
final class Quantile {

  private Quantile() {}

  /**
   * With linear interpolation between neighbours (type 7 of Hyndman and Fan, 1996; the default of
   * NumPy and R).
   *
   * @param sorted ascending, at least one value
   * @param share from 0 to 1
   */
  static double of(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int low = (int) Math.floor(at);
    int high = Math.min(low + 1, sorted.length - 1);
    // Equal neighbours, infinite ones among them, need no interpolation.
    return sorted[low] == sorted[high]
        ? sorted[low]
        : sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }
}
