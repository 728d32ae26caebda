package io.radstream.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Whether two models differ, for any figure, by exchanging their results study by study (Fisher,
 * 1935; Good, 2000): if they were equally good, it would not matter which gave which. Where all
 * exchanges are no more than {@code rounds}, each is looked at, and the result is exact; else as
 * many are drawn, and the same seed and studies give the same result.
 *
 * <p>Results must be of one scale, as what one model gave goes to the other: probabilities of both,
 * or for a figure that ranks studies their ranks (Bandos, Rockette and Gur, 2005).
 *
 * @param seed of the draws
 * @param rounds most exchanges looked at
 */
public record PairedPermutation(long seed, int rounds) {

  /** Differences this much smaller than the observed count as equal: it is rounding. */
  private static final double ROUNDING = 1e-12;

  public PairedPermutation {
    if (rounds < 1) {
      throw new IllegalArgumentException("there must be at least one round, not " + rounds);
    }
  }

  /**
   * How likely a difference at least as large, of either sign, is among models that are equally
   * good. Drawn exchanges count the observed one, too, and so never give 0 (Phipson and Smyth,
   * 2010); one that does not define the figure counts as larger.
   *
   * @param first by study
   * @param second by study, in the same order
   * @return the two-sided p value; empty where the studies do not define the figure
   * @throws IllegalArgumentException where there are not as many of each
   */
  public <T> OptionalDouble pValue(List<T> first, List<T> second, Figure<T> figure) {
    List<Paired<T>> pairs = Paired.of(first, second);
    OptionalDouble observed = Paired.difference(pairs, figure);
    if (observed.isEmpty() || Double.isNaN(observed.getAsDouble())) {
      return OptionalDouble.empty();
    }
    double least = Math.abs(observed.getAsDouble()) * (1 - ROUNDING);
    boolean exact = pairs.size() < Integer.SIZE - 1 && 1 << pairs.size() <= rounds;
    int looks = exact ? 1 << pairs.size() : rounds;
    int asLarge = exact ? 0 : 1;
    for (int look = 0; look < looks; look++) {
      List<Paired<T>> exchanged = exact ? chosen(pairs, look) : drawn(pairs, look);
      double difference = Paired.difference(exchanged, figure).orElse(Double.POSITIVE_INFINITY);
      asLarge += Math.abs(difference) < least ? 0 : 1;
    }
    return OptionalDouble.of((double) asLarge / (exact ? looks : looks + 1));
  }

  private static <T> List<Paired<T>> chosen(List<Paired<T>> pairs, int bits) {
    List<Paired<T>> exchanged = new ArrayList<>(pairs.size());
    for (int i = 0; i < pairs.size(); i++) {
      exchanged.add(((bits >> i) & 1) == 1 ? pairs.get(i).swapped() : pairs.get(i));
    }
    return exchanged;
  }

  private <T> List<Paired<T>> drawn(List<Paired<T>> pairs, int round) {
    Draws draws = Draws.of(seed, round);
    List<Paired<T>> exchanged = new ArrayList<>(pairs.size());
    for (int i = 0; i < pairs.size(); i++) {
      exchanged.add(draws.coin(i) ? pairs.get(i).swapped() : pairs.get(i));
    }
    return exchanged;
  }
}
