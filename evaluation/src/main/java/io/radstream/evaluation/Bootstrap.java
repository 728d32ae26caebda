package io.radstream.evaluation;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Intervals by the percentile bootstrap (Efron, 1979; Efron and Tibshirani, 1993, section 13.3): as
 * many studies as there are, drawn with replacement, many times. The same seed and studies give the
 * same interval.
 *
 * <p>What is drawn must be independent. Where a patient has several studies, draw patients, and let
 * the figure look at their studies.
 *
 * @param seed of the draws
 * @param rounds how often studies are drawn; 2000 are usual for 95 %
 * @param level for example 0.95
 */
public record Bootstrap(long seed, int rounds, double level) {

  public Bootstrap {
    if (rounds < 1) {
      throw new IllegalArgumentException("there must be at least one round, not " + rounds);
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("the level is between 0 and 1, and not " + level);
    }
  }

  /**
   * The middle {@code level} of what the draws give. Draws that do not define the figure, or give
   * what is not a number, are left out; the interval says how many were not.
   *
   * @return empty where no draw defines the figure
   */
  public <T> Optional<Interval> interval(List<T> studies, Figure<T> figure) {
    if (studies.isEmpty()) {
      return Optional.empty();
    }
    double[] figures =
        IntStream.range(0, rounds)
            .mapToObj(round -> figure.of(drawn(studies, round)))
            .flatMapToDouble(OptionalDouble::stream)
            .filter(value -> !Double.isNaN(value))
            .sorted()
            .toArray();
    return figures.length == 0 ? Optional.empty() : Optional.of(middle(figures));
  }

  /**
   * Of the difference of two models, the first less the second, on the same studies: each draw
   * takes a study for both. Where 0 lies outside, they differ at this level.
   *
   * @param first by study
   * @param second by study, in the same order
   * @return empty where no draw defines the figure of both
   * @throws IllegalArgumentException where there are not as many of each
   */
  public <T> Optional<Interval> ofDifference(List<T> first, List<T> second, Figure<T> figure) {
    return interval(Paired.of(first, second), pairs -> Paired.difference(pairs, figure));
  }

  /**
   * Of several figures of the same draws, where a study is not what is drawn: of patients, say, all
   * of whose studies come with each. In round r the draw at place p, both from 0, takes the unit
   * {@code ((b >>> 33) · units) >>> 31} of the random bits {@code b} of (seed, r, p); they are
   * SplitMix64's, and {@code benchmarks/reference/evaluation.py} draws the same.
   *
   * @param units how many there are to draw, each time as many
   * @param figures given how often each unit was drawn, always as many figures; NaN for one that
   *     the draw does not define. Asked by several threads
   * @return one for each figure; empty where no draw defines it
   */
  public List<Optional<Interval>> intervals(int units, Function<int[], double[]> figures) {
    if (units == 0) {
      int count = figures.apply(new int[0]).length;
      return Collections.nCopies(count, Optional.empty());
    }
    List<double[]> rows =
        IntStream.range(0, rounds)
            .parallel()
            .mapToObj(round -> figures.apply(counts(units, round)))
            .toList();
    return IntStream.range(0, rows.get(0).length)
        .mapToObj(
            figure ->
                rows.stream()
                    .mapToDouble(row -> row[figure])
                    .filter(value -> !Double.isNaN(value))
                    .sorted()
                    .toArray())
        .map(
            sorted -> sorted.length == 0 ? Optional.<Interval>empty() : Optional.of(middle(sorted)))
        .toList();
  }

  private int[] counts(int units, int round) {
    Draws draws = Draws.of(seed, round);
    int[] counts = new int[units];
    for (int place = 0; place < units; place++) {
      counts[draws.index(place, units)]++;
    }
    return counts;
  }

  private <T> List<T> drawn(List<T> studies, int round) {
    Draws draws = Draws.of(seed, round);
    int count = studies.size();
    return IntStream.range(0, count)
        .mapToObj(place -> studies.get(draws.index(place, count)))
        .toList();
  }

  private Interval middle(double[] sorted) {
    double outside = (1 - level) / 2;
    return new Interval(
        Quantile.of(sorted, outside), Quantile.of(sorted, 1 - outside), level, sorted.length);
  }
}
