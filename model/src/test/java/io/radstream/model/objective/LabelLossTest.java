package io.radstream.model.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.ByHand;
import io.radstream.model.Float64Fixture;
import io.radstream.model.GradientCheck;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.StudyBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelLossTest {

  private static final float UNKNOWN = Float.NaN;
  private static final float[][] LABELS = {{1, UNKNOWN, 0}, {0.25f, 0, UNKNOWN}};
  private static final int KNOWN = 4;
  private static final int STUDIES = 2;
  private static final int FINDINGS = 3;

  private Float64Fixture fixture;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void makeFixture() {
    fixture = new Float64Fixture(1);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private NDArray logits(int representations) {
    return fixture.input("logits", STUDIES, representations, FINDINGS);
  }

  private static NDArray loss(NDManager scratch, NDArray logits, float[][] labels) {
    int[][] reports = {{0}, {0}};
    StudyBatch batch = new StudyBatch(new float[0], reports, reports, labels);
    return LabelObjective.share(logits, labels, batch.knownLabels(), scratch);
  }

  private double value(NDArray logits, float[][] labels) {
    return loss(fixture.manager(), logits, labels).getDouble();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void shouldBeTheCrossEntropyOfKnownLabels(int representations) {
    NDArray logits = logits(representations);

    double loss = value(logits, LABELS);

    double sum = 0;
    double[][] rows = ByHand.rows(logits);
    for (int i = 0; i < rows.length; i++) {
      for (int finding = 0; finding < FINDINGS; finding++) {
        float label = LABELS[i / representations][finding];
        double probability = 1 / (1 + Math.exp(-rows[i][finding]));
        sum +=
            Float.isNaN(label)
                ? 0
                : -label * Math.log(probability) - (1 - label) * Math.log(1 - probability);
      }
    }
    assertThat(loss).isCloseTo(sum / KNOWN / representations, within(1e-6));
  }

  @Test
  void shouldNotSeeTheLogitOfAnUnknownLabel() {
    NDArray logits = logits(1);
    double before = value(logits, LABELS);
    double[] changed = logits.toDoubleArray();
    changed[1] += 100;
    changed[5] -= 100;

    double after = value(fixture.manager().create(changed).reshape(logits.getShape()), LABELS);

    assertThat(after).isEqualTo(before);
  }

  @Test
  void shouldCostNothingWhereNoLabelIsKnown() {
    float[][] unknown = {{UNKNOWN, UNKNOWN, UNKNOWN}, {UNKNOWN, UNKNOWN, UNKNOWN}};

    double loss = value(logits(1), unknown);

    assertThat(loss).isZero();
  }

  @Test
  void shouldStayFiniteForVerySureNetworks() {
    NDArray logits = logits(1).mul(10_000);

    double loss = value(logits, LABELS);

    assertThat(loss).isFinite().isGreaterThan(10);
  }

  @Test
  void shouldStayTheSameInAnotherOrderOfTheBatch() {
    NDArray logits = logits(3);
    double straight = value(logits, LABELS);

    double turned = value(logits.flip(0), new float[][] {LABELS[1], LABELS[0]});

    assertThat(turned).isCloseTo(straight, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void shouldHaveTheGradientsOfFiniteDifferences(int representations) {
    NDArray logits = logits(representations);

    GradientCheck.Result result = fixture.check(scratch -> loss(scratch, logits, LABELS));

    assertThat(result.worst()).as(result.where()).isLessThan(GradientCheck.LIMIT);
    assertThat(result.flat()).isEmpty();
  }
}
