package io.radstream.trainer.ranks;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the rank that all others wait for, where it is the same for a while. Thread-safe. */
final class Stragglers {

  /** Longer than the median of the others by so much. */
  private static final double FACTOR = 1.5;

  /** Steps in a row. */
  private static final int STEPS = 10;

  /** Steps that not all have told of yet; of one that is never told of nothing is kept. */
  private static final int MOST_OPEN = 16;

  /**
   * How long the ranks took to their gradients in a step.
   *
   * @param slowest rank
   * @param seconds that it took
   * @param others median of the others
   */
  record Pace(int slowest, double seconds, double others) {}

  private final int ranks;
  private final TreeMap<Long, double[]> open = new TreeMap<>();
  private Optional<Pace> last = Optional.empty();
  private int slow = -1;
  private int inARow;

  Stragglers(int ranks) {
    this.ranks = ranks;
  }

  /**
   * @return the pace where the same rank was too slow for long enough; told once until another or
   *     none is
   */
  synchronized Optional<Pace> took(int rank, long step, double seconds) {
    double[] all = open.computeIfAbsent(step, key -> unknown());
    all[rank] = seconds;
    if (Arrays.stream(all).anyMatch(Double::isNaN)) {
      if (open.size() > MOST_OPEN) {
        open.pollFirstEntry();
      }
      return Optional.empty();
    }
    open.remove(step);
    Pace pace = pace(all);
    last = Optional.of(pace);
    boolean tooSlow = pace.seconds() > FACTOR * pace.others();
    inARow = tooSlow ? (pace.slowest() == slow ? inARow + 1 : 1) : 0;
    slow = tooSlow ? pace.slowest() : -1;
    return inARow == STEPS ? last : Optional.empty();
  }

  private double[] unknown() {
    double[] seconds = new double[ranks];
    Arrays.fill(seconds, Double.NaN);
    return seconds;
  }

  private static Pace pace(double[] all) {
    int slowest = 0;
    for (int rank = 1; rank < all.length; rank++) {
      slowest = all[rank] > all[slowest] ? rank : slowest;
    }
    double[] sorted = all.clone();
    Arrays.sort(sorted);
    int others = sorted.length - 1;
    double median = (sorted[(others - 1) / 2] + sorted[others / 2]) / 2;
    return new Pace(slowest, all[slowest], median);
  }

  /** Of the last step that all have told of. */
  synchronized Map<String, Double> figures() {
    return last.map(
            pace ->
                Map.of(
                    RankFigures.SLOWEST, (double) pace.slowest(),
                    RankFigures.SLOWEST_SECONDS, pace.seconds(),
                    RankFigures.OTHERS_SECONDS, pace.others()))
        .orElse(Map.of());
  }
}
