package io.radstream.model.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.radstream.model.config.Generation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches over languages whose probabilities are known. */
class StudyBeamTest {

  private static final int START = 0;
  private static final int END = 1;
  private static final int VOCABULARY = 4;
  private static final int LONGEST = 6;

  /** Reports of at most six tokens: 1 + 2 + 4 + 8 + 16 that end, 32 that are cut. */
  private static final int ALL = 63;

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.6, 1, 2})
  void shouldFindTheBestOfAllWhereNothingIsLeftOut(double lengthPenalty) {
    Generation options = Generation.beam(START, END, ALL).withLengthPenalty(lengthPenalty);
    for (int seed = 0; seed < 50; seed++) {
      Function<int[], double[]> language = language(seed);

      GeneratedReport found = search(options, language);

      GeneratedReport best = bestOfAll(options, language);
      assertThat(found.tokens()).containsExactly(best.tokens());
      assertThat(found.logProbability()).isCloseTo(best.logProbability(), within(1e-12));
    }
  }

  @Test
  void shouldTakeTheMostProbableTokenEachTimeWithOneBeam() {
    for (int seed = 0; seed < 50; seed++) {
      Function<int[], double[]> language = language(seed);

      GeneratedReport found = search(Generation.greedy(START, END), language);

      assertThat(found.tokens()).containsExactly(greedy(language));
    }
  }

  @Test
  void shouldFindWithTwoBeamsWhatGreedySearchMisses() {
    // The first token that looks better leads nowhere.
    Function<int[], double[]> language =
        report ->
            switch (report.length) {
              case 1 -> probabilities(0, 0, 0.6, 0.4);
              default ->
                  report[1] == 2
                      ? probabilities(0, 0.2, 0.4, 0.4)
                      : probabilities(0, 0.98, 0.01, 0.01);
            };

    GeneratedReport greedy = search(Generation.beam(START, END, 1).withTokens(2, 4), language);
    GeneratedReport beam = search(Generation.beam(START, END, 2).withTokens(2, 4), language);

    assertThat(greedy.tokens()).containsExactly(START, 2, 2, 2);
    assertThat(beam.tokens()).containsExactly(START, 3, END);
    assertThat(beam.logProbability()).isCloseTo(Math.log(0.4 * 0.98), within(1e-12));
  }

  @Test
  void shouldNotEndWithPoorReportsWhileABetterOneGoesOn() {
    // At each step ending is the second best.
    Function<int[], double[]> certain =
        report ->
            report.length < LONGEST - 1
                ? probabilities(0, 0.02, 0.97, 0.01)
                : probabilities(0, 0.97, 0.02, 0.01);

    for (double lengthPenalty : new double[] {0, 1}) {
      Generation options = Generation.beam(START, END, 2).withLengthPenalty(lengthPenalty);

      assertThat(search(options, certain).tokens()).containsExactly(START, 2, 2, 2, 2, END);
    }
  }

  @Test
  void shouldPreferLongReportsTheMoreTheGreaterTheLengthPenalty() {
    Function<int[], double[]> language = report -> probabilities(0, 0.4, 0.6, 0);

    GeneratedReport bySum = search(Generation.beam(START, END, ALL).withLengthPenalty(0), language);
    GeneratedReport byMean =
        search(Generation.beam(START, END, ALL).withLengthPenalty(1), language);

    assertThat(bySum.tokens()).containsExactly(START, END);
    assertThat(byMean.tokens()).containsExactly(START, 2, 2, 2, 2, 2);
  }

  @Test
  void shouldTakeTheLowerTokenOfEquals() {
    Function<int[], double[]> even = report -> probabilities(0, 0.2, 0.4, 0.4);
    Function<int[], double[]> all = report -> probabilities(0, 0.25, 0.25, 0.25);

    for (int beams : new int[] {1, 2, 3, ALL}) {
      Generation options = Generation.beam(START, END, beams);

      assertThat(search(options, even).tokens()).containsExactly(START, 2, 2, 2, 2, 2);
      assertThat(search(options, all).tokens()).containsExactly(START, END);
    }
  }

  @Test
  void shouldCutAtTheGreatestLength() {
    Function<int[], double[]> endless = report -> probabilities(0, 0, 0.3, 0.7);

    GeneratedReport found = search(Generation.beam(START, END, 2), endless);

    assertThat(found.tokens()).containsExactly(START, 3, 3, 3, 3, 3);
    assertThat(found.logProbability()).isCloseTo(5 * Math.log(0.7), within(1e-12));
  }

  @Test
  void shouldEndAReportThatNothingMayFollow() {
    Function<int[], double[]> silent =
        report -> report.length < 3 ? probabilities(0, 0, 0.5, 0.5) : probabilities(0, 0, 0, 0);

    GeneratedReport found = search(Generation.greedy(START, END), silent);

    assertThat(found.tokens()).containsExactly(START, 2, 2);
  }

  @Test
  void shouldStopWhenNothingCouldBeBetter() {
    Function<int[], double[]> brief =
        report ->
            report.length == 1 ? probabilities(0, 0.9, 0.1, 0) : probabilities(0, 0, 0.5, 0.5);
    StudyBeam beam = new StudyBeam(Generation.beam(START, END, 5).withLengthPenalty(0), LONGEST);

    beam.advance(List.of(brief.apply(new int[] {START})));

    assertThat(beam.live()).isEmpty();
    assertThat(beam.best().tokens()).containsExactly(START, END);
  }

  private static GeneratedReport search(Generation options, Function<int[], double[]> language) {
    StudyBeam beam = new StudyBeam(options, Math.min(LONGEST, options.maxTokens()));
    while (!beam.live().isEmpty()) {
      List<Hypothesis> before = beam.live();
      List<Integer> parents =
          beam.advance(before.stream().map(report -> language.apply(report.tokens())).toList());
      assertThat(parents).hasSameSizeAs(beam.live());
      for (int i = 0; i < parents.size(); i++) {
        int[] parent = before.get(parents.get(i)).tokens();
        assertThat(Arrays.copyOf(beam.live().get(i).tokens(), parent.length))
            .containsExactly(parent);
      }
    }
    return beam.best();
  }

  private static GeneratedReport bestOfAll(Generation options, Function<int[], double[]> language) {
    List<GeneratedReport> all = new ArrayList<>();
    collect(new GeneratedReport(new int[] {START}, 0), language, all);
    assertThat(all).hasSize(ALL);
    return all.stream()
        .max((one, other) -> Double.compare(score(one, options), score(other, options)))
        .orElseThrow();
  }

  private static void collect(
      GeneratedReport report, Function<int[], double[]> language, List<GeneratedReport> all) {
    int[] tokens = report.tokens();
    if (tokens.length == LONGEST || tokens[tokens.length - 1] == END) {
      all.add(report);
      return;
    }
    double[] next = language.apply(tokens);
    for (int token = 1; token < VOCABULARY; token++) {
      int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
      longer[tokens.length] = token;
      collect(new GeneratedReport(longer, report.logProbability() + next[token]), language, all);
    }
  }

  private static double score(GeneratedReport report, Generation options) {
    return report.logProbability() / Math.pow(report.tokens().length - 1, options.lengthPenalty());
  }

  private static int[] greedy(Function<int[], double[]> language) {
    int[] report = {START};
    while (report.length < LONGEST && report[report.length - 1] != END) {
      double[] next = language.apply(report);
      int best =
          IntStream.range(0, VOCABULARY)
              .reduce((one, other) -> next[other] > next[one] ? other : one)
              .orElseThrow();
      report = Arrays.copyOf(report, report.length + 1);
      report[report.length - 1] = best;
    }
    return report;
  }

  /** Random, a function of the report so far. */
  private static Function<int[], double[]> language(int seed) {
    return report -> {
      Random random = new Random(31L * Arrays.hashCode(report) + seed);
      double[] weights = random.doubles(VOCABULARY, 0.01, 1).toArray();
      weights[START] = 0;
      double sum = Arrays.stream(weights).sum();
      return probabilities(Arrays.stream(weights).map(weight -> weight / sum).toArray());
    };
  }

  private static double[] probabilities(double... values) {
    return Arrays.stream(values).map(Math::log).toArray();
  }
}
