package io.radstream.model.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.ByHand;
import io.radstream.model.Float64Fixture;
import io.radstream.model.GradientCheck;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.MultiHeadAttention.Memory;
import io.radstream.model.network.TokenBatch;
import io.radstream.model.weights.Weights;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MultiHeadAttentionTest {

  private static final int BATCH = 2;
  private static final int TOKENS = 3;
  private static final int KEYS = 4;
  private static final int WIDTH = 6;
  private static final int HEADS = 2;

  private Float64Fixture fixture;
  private MultiHeadAttention attention;
  private NDArray x;
  private NDArray memory;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void makeBlock() {
    fixture = new Float64Fixture(1);
    Weights.Scope scope = fixture.weights().scope(NetworkPart.REPORT, "attention");
    attention =
        new MultiHeadAttention(
            scope.linear("query", WIDTH, WIDTH),
            scope.linear("key", WIDTH, WIDTH),
            scope.linear("value", WIDTH, WIDTH),
            scope.linear("output", WIDTH, WIDTH),
            HEADS);
    x = fixture.input("x", BATCH, TOKENS, WIDTH);
    memory = fixture.input("memory", BATCH, KEYS, WIDTH);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** The keys of the second sample that are not the first two are blocked. */
  private NDArray mask() {
    float blocked = TokenBatch.BLOCKED;
    return fixture
        .manager()
        .create(new float[] {0, 0, 0, 0, 0, 0, blocked, blocked}, new Shape(BATCH, 1, 1, KEYS));
  }

  @Test
  void shouldGiveAWidthForEachTokenThatAsks() {
    NDArray output = attention.apply(x, memory, null);

    assertThat(output.getShape()).isEqualTo(new Shape(BATCH, TOKENS, WIDTH));
  }

  @Test
  void shouldComputeTheEquationHeadByHead() {
    double[] output = attention.apply(x, memory, null).toDoubleArray();

    assertThat(output).containsExactly(byHand(), within(1e-6));
  }

  @Test
  void shouldNotSeeABlockedKey() {
    NDArray mask = mask();
    NDArray before = attention.apply(x, memory, mask);
    NDArray blocked = memory.duplicate();
    blocked.set(new NDIndex("1, 2:"), 100);

    NDArray after = attention.apply(x, blocked, mask);

    assertThat(after.toDoubleArray()).isEqualTo(before.toDoubleArray());
    assertThat(attention.apply(x, blocked, null).get("1").toDoubleArray())
        .isNotEqualTo(attention.apply(x, memory, null).get("1").toDoubleArray());
  }

  @Test
  void shouldSeeTheSameWhereMasksCutAsWhereNothingIsThere() {
    double[] masked = attention.apply(x, memory, mask()).get("1").toDoubleArray();

    double[] shorter =
        attention.apply(x.get("1:2"), memory.get("1:2, :2"), null).get("0").toDoubleArray();

    assertThat(masked).containsExactly(shorter, within(1e-12));
  }

  @Test
  void shouldNotCareAboutTheOrderOfWhatItAttendsTo() {
    double[] output = attention.apply(x, memory.flip(1), null).toDoubleArray();

    assertThat(output)
        .containsExactly(attention.apply(x, memory, null).toDoubleArray(), within(1e-12));
  }

  @Test
  void shouldPermuteWithTheBatch() {
    double[] straight = attention.apply(x, memory, null).flip(0).toDoubleArray();

    double[] turned = attention.apply(x.flip(0), memory.flip(0), null).toDoubleArray();

    assertThat(turned).containsExactly(straight, within(1e-12));
  }

  @Test
  void shouldAttendToAMemoryThatGrewAsToAWholeOne() {
    Memory grown =
        attention.memory(memory.get(":, :1")).with(attention.memory(memory.get(":, 1:")));

    double[] output = attention.apply(x, grown, null).toDoubleArray();

    assertThat(output)
        .containsExactly(attention.apply(x, memory, null).toDoubleArray(), within(1e-12));
  }

  @Test
  void shouldHaveTheGradientsOfFiniteDifferences() {
    NDArray mask = mask();

    GradientCheck.Result result = fixture.check(scratch -> attention.apply(x, memory, mask));

    assertThat(result.worst()).as(result.where()).isLessThan(GradientCheck.LIMIT);
    // Softmax does not see what all keys have in common.
    assertThat(result.flat()).containsExactly("attention.key.bias");
  }

  private double[] byHand() {
    double[] result = new double[BATCH * TOKENS * WIDTH];
    for (int b = 0; b < BATCH; b++) {
      double[][] q = ByHand.rows(attention.query().apply(x.get(b)));
      double[][] k = ByHand.rows(attention.key().apply(memory.get(b)));
      double[][] v = ByHand.rows(attention.value().apply(memory.get(b)));
      double[][] joined = new double[TOKENS][WIDTH];
      for (int t = 0; t < TOKENS; t++) {
        for (int head = 0; head < HEADS; head++) {
          attend(q[t], k, v, head, joined[t]);
        }
      }
      double[] output = attention.output().apply(fixture.manager().create(joined)).toDoubleArray();
      System.arraycopy(output, 0, result, b * TOKENS * WIDTH, output.length);
    }
    return result;
  }

  private static void attend(double[] q, double[][] k, double[][] v, int head, double[] joined) {
    int size = WIDTH / HEADS;
    double sum = 0;
    for (int key = 0; key < KEYS; key++) {
      double score = 0;
      for (int i = head * size; i < (head + 1) * size; i++) {
        score += q[i] * k[key][i];
      }
      double weight = Math.exp(score / Math.sqrt(size));
      sum += weight;
      for (int i = head * size; i < (head + 1) * size; i++) {
        joined[i] += weight * v[key][i];
      }
    }
    for (int i = head * size; i < (head + 1) * size; i++) {
      joined[i] /= sum;
    }
  }
}
