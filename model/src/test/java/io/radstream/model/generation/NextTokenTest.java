package io.radstream.model.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.radstream.model.config.Generation;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NextTokenTest {

  private static final int START = 0;
  private static final int END = 1;
  private static final float[] LOGITS = {0.5f, -1, 2, 1, -0.5f, 0, 3};
  private static final double NEVER = Double.NEGATIVE_INFINITY;
  private static final Generation PLAIN = Generation.greedy(START, END);

  @Test
  void shouldGiveTheLogarithmOfSoftmaxAndNeverTheStartToken() {
    double[] next = after(PLAIN, START, 2);

    double[] expected = logSoftmax(LOGITS);
    expected[START] = NEVER;
    assertThat(next).containsExactly(expected, within(1e-12));
  }

  @Test
  void shouldStayFiniteForLargeLogits() {
    float[] large = {0, 1e4f, 1e4f, -1e4f, 0, 0, 0};

    double[] next = next(PLAIN).after(new int[] {START}, large, 0);

    assertThat(next[END]).isCloseTo(-Math.log(2), within(1e-9));
    assertThat(next[3]).isCloseTo(-2e4, within(1.0));
  }

  @Test
  void shouldForbidWhatIsForbiddenAndGiveItsShareToNobody() {
    double[] next = after(PLAIN.withForbidden(Set.of(4, 6)), START);

    double[] expected = logSoftmax(LOGITS);
    for (int token : new int[] {START, 4, 6}) {
      expected[token] = NEVER;
    }
    assertThat(next).containsExactly(expected, within(1e-12));
  }

  @Test
  void shouldNotEndAReportThatWouldBeTooShort() {
    Generation atLeastFour = PLAIN.withTokens(4, 10);

    assertThat(after(atLeastFour, START)[END]).isEqualTo(NEVER);
    assertThat(after(atLeastFour, START, 2)[END]).isEqualTo(NEVER);
    assertThat(after(atLeastFour, START, 2, 3)[END]).isFinite();
  }

  @Test
  void shouldPenaliseTokensThatWereGenerated() {
    double[] next = after(PLAIN.withRepetition(2, 0), START, 2, 2, 4);

    float[] penalised = LOGITS.clone();
    penalised[2] = 1;
    penalised[4] = -1;
    double[] expected = logSoftmax(penalised);
    expected[START] = NEVER;
    assertThat(next).containsExactly(expected, within(1e-12));
  }

  @Test
  void shouldNotRepeatASequenceOfThree() {
    Generation trigrams = PLAIN.withRepetition(1, 3);

    assertThat(forbidden(after(trigrams, START, 2, 3, 4, 2, 3))).containsExactly(START, 4);
    assertThat(forbidden(after(trigrams, START, 2, 3, 4, 2, 3, 5, 2, 3)))
        .containsExactly(START, 4, 5);
    assertThat(forbidden(after(trigrams, START, 2, 2, 2))).containsExactly(START, 2);
    assertThat(forbidden(after(trigrams, START, 2, 3, 4, 3))).containsExactly(START);
    assertThat(forbidden(after(trigrams, START, 2))).containsExactly(START);
    assertThat(forbidden(after(trigrams, START))).containsExactly(START);
  }

  @Test
  void shouldNotRepeatATokenWhereSequencesOfOneAreForbidden() {
    assertThat(forbidden(after(PLAIN.withRepetition(1, 1), START, 5, 2)))
        .containsExactly(START, 2, 5);
  }

  @Test
  void shouldTakeTheMeanOfTheRepresentations() {
    float[] other = {1, 1, 1, 5, 1, 1, 1};
    float[] rows = new float[3 * LOGITS.length];
    System.arraycopy(LOGITS, 0, rows, LOGITS.length, LOGITS.length);
    System.arraycopy(other, 0, rows, 2 * LOGITS.length, LOGITS.length);

    double[] next = new NextToken(PLAIN, LOGITS.length, 2).after(new int[] {START}, rows, 1);

    double[] one = logSoftmax(LOGITS);
    double[] two = logSoftmax(other);
    for (int token = 1; token < next.length; token++) {
      assertThat(next[token]).isCloseTo((one[token] + two[token]) / 2, within(1e-12));
    }
  }

  @Test
  void shouldRefuseWhatIsNoNumber() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] logits = LOGITS.clone();
      logits[5] = bad;

      assertThatThrownBy(() -> next(PLAIN).after(new int[] {START}, logits, 0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("not numbers");
    }
  }

  private static NextToken next(Generation options) {
    return new NextToken(options, LOGITS.length, 1);
  }

  private static double[] after(Generation options, int... report) {
    return next(options).after(report, LOGITS, 0);
  }

  private static int[] forbidden(double[] next) {
    return IntStream.range(0, next.length).filter(token -> next[token] == NEVER).toArray();
  }

  private static double[] logSoftmax(float[] logits) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    double normaliser = Math.log(sum);
    double[] result = new double[logits.length];
    Arrays.setAll(result, token -> logits[token] - normaliser);
    return result;
  }
}
