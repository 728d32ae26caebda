package io.radstream.trainer.bisect;

import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Between which steps a figure turned.
 *
 * @param good the last at which it was clearly good
 * @param bad the first behind that at which it was clearly bad
 */
public record Turn(long good, long bad) {

  /**
   * As narrow as what is known tells.
   *
   * @param known figure by step; good at its first and bad at its last
   */
  static Turn of(NavigableMap<Long, Double> known, Judge judge) {
    long good = known.firstKey();
    for (Map.Entry<Long, Double> at : known.entrySet()) {
      good = judge.isGood(at.getValue()) ? at.getKey() : good;
    }
    long bad =
        known.tailMap(good, false).entrySet().stream()
            .filter(at -> judge.isBad(at.getValue()))
            .mapToLong(Map.Entry::getKey)
            .min()
            .orElseThrow();
    return new Turn(good, bad);
  }

  /**
   * Where to measure next: evenly between either end and what is known nearest to it. What lies
   * between those two is neither good nor bad already.
   *
   * @param known figure by step
   * @param points for each end
   * @param within steps that an end may be off
   * @return none where both ends are known so well
   */
  NavigableSet<Long> open(NavigableMap<Long, Double> known, int points, long within) {
    NavigableSet<Long> open = new TreeSet<>();
    addBetween(good, known.higherKey(good), points, within, open);
    addBetween(known.lowerKey(bad), bad, points, within, open);
    return open;
  }

  private static void addBetween(
      long from, long until, int points, long within, NavigableSet<Long> steps) {
    long width = until - from;
    for (int i = 1; i <= points && width > within; i++) {
      long step = from + Math.round((double) i * width / (points + 1));
      if (step > from && step < until) {
        steps.add(step);
      }
    }
  }

  public long steps() {
    return bad - good;
  }
}
