package io.radstream.cli.card;

import java.util.List;
import java.util.Optional;

/**
 * How large something is: of 20 as many are smaller than the low and larger than the high one.
 *
 * @param low 5th percentile
 * @param middle median
 * @param high 95th percentile
 */
public record Spread(int low, int middle, int high) {

  /** Each is the value of several: of fewer there is none. */
  private static final int FEWEST = 20;

  static Optional<Spread> of(List<Integer> values, SmallCells cells) {
    List<Integer> sorted = values.stream().sorted().toList();
    return sorted.size() < Math.max(FEWEST, FEWEST * cells.least())
        ? Optional.empty()
        : Optional.of(new Spread(at(sorted, 5), at(sorted, 50), at(sorted, 95)));
  }

  private static int at(List<Integer> sorted, int percent) {
    return sorted.get((sorted.size() - 1) * percent / 100);
  }
}
