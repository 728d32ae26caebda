package io.radstream.model.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import io.radstream.model.ByHand;
import io.radstream.model.Float64Fixture;
import io.radstream.model.GradientCheck;
import io.radstream.model.config.ImageComparison;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Objectives.Contrast;
import io.radstream.model.config.Objectives.LanguageMean;
import io.radstream.model.config.Restoration;
import io.radstream.model.engine.TorchEngine;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContrastiveLossTest {

  private static final int BATCH = 3;
  private static final int WIDTH = 4;
  private static final double TEMPERATURE = 0.5;

  /** The factors in the losses are float32. */
  private static final double ROUNDING = 1e-6;

  private Float64Fixture fixture;
  private NDArray reports;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void makeInputs() {
    fixture = new Float64Fixture(1);
    reports = fixture.input("reports", BATCH, WIDTH);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private NDArray studies(int representations) {
    return fixture.input("studies", BATCH, representations, WIDTH);
  }

  private static Objectives objectives(double studyToReport) {
    return new Objectives(1, 1, 0, TEMPERATURE, studyToReport, LanguageMean.REPORT);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "0.75, 1", "0, 1", "1, 3", "0.75, 3"})
  void shouldComputeTheEquationInBothDirections(double studyToReport, int representations) {
    NDArray studies = studies(representations);

    NDArray loss = new ContrastiveObjective(objectives(studyToReport)).loss(studies, reports);

    double expected = 0;
    for (int i = 0; i < representations; i++) {
      double[][] logits = logits(ByHand.rows(studies.get(":, " + i)), ByHand.rows(reports));
      expected += studyToReport * ownInRow(logits) / representations;
      expected += (1 - studyToReport) * ownInRow(transposed(logits)) / representations;
    }
    assertThat(loss.getDouble()).isCloseTo(expected, within(ROUNDING));
  }

  private static Objectives sigmoid(double bias) {
    return new Objectives(
        1,
        1,
        0,
        TEMPERATURE,
        1,
        LanguageMean.REPORT,
        Restoration.NONE,
        ImageComparison.OFF,
        Contrast.SIGMOID,
        bias);
  }

  @ParameterizedTest
  @CsvSource({"-10, 1", "0.5, 1", "-1, 3"})
  void shouldTellPairsFromStrangersOneByOne(double bias, int representations) {
    NDArray studies = studies(representations);

    NDArray loss = new ContrastiveObjective(sigmoid(bias)).loss(studies, reports);

    double expected = 0;
    for (int view = 0; view < representations; view++) {
      double[][] logits = logits(ByHand.rows(studies.get(":, " + view)), ByHand.rows(reports));
      for (int i = 0; i < BATCH; i++) {
        for (int j = 0; j < BATCH; j++) {
          double z = i == j ? 1 : -1;
          double probability = 1 / (1 + Math.exp(-z * (logits[i][j] + bias)));
          expected -= Math.log(probability) / BATCH / representations;
        }
      }
    }
    assertThat(loss.getDouble()).isCloseTo(expected, within(10 * ROUNDING));
  }

  @ParameterizedTest
  @CsvSource({"-10, 1", "0.5, 3"})
  void shouldHaveTheGradientsOfFiniteDifferencesPairByPair(double bias, int representations) {
    NDArray studies = studies(representations);

    GradientCheck.Result result =
        fixture.check(scratch -> new ContrastiveObjective(sigmoid(bias)).loss(studies, reports));

    assertThat(result.worst()).as(result.where()).isLessThan(GradientCheck.LIMIT);
    assertThat(result.flat()).isEmpty();
  }

  private static double[][] logits(double[][] studies, double[][] reports) {
    double[][] logits = new double[BATCH][BATCH];
    for (int i = 0; i < BATCH; i++) {
      for (int j = 0; j < BATCH; j++) {
        double cosine =
            dot(studies[i], reports[j])
                / Math.sqrt(dot(studies[i], studies[i]) * dot(reports[j], reports[j]));
        logits[i][j] = cosine / TEMPERATURE;
      }
    }
    return logits;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[][] transposed(double[][] x) {
    double[][] result = new double[BATCH][BATCH];
    for (int i = 0; i < BATCH; i++) {
      for (int j = 0; j < BATCH; j++) {
        result[j][i] = x[i][j];
      }
    }
    return result;
  }

  private static double ownInRow(double[][] logits) {
    double sum = 0;
    for (int i = 0; i < BATCH; i++) {
      sum -= Math.log(ByHand.softmax(logits[i])[i]) / BATCH;
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "0.75, 1", "0.75, 3"})
  void shouldStayTheSameInAnotherOrderOfTheBatch(double studyToReport, int representations) {
    NDArray studies = studies(representations);
    Objectives objectives = objectives(studyToReport);
    double straight = new ContrastiveObjective(objectives).loss(studies, reports).getDouble();

    double turned =
        new ContrastiveObjective(objectives).loss(studies.flip(0), reports.flip(0)).getDouble();

    assertThat(turned).isCloseTo(straight, within(1e-12));
    assertThat(new ContrastiveObjective(objectives).loss(studies.flip(0), reports).getDouble())
        .isNotCloseTo(straight, within(1e-3));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "0.75, 1", "0, 1", "1, 3", "0.75, 3"})
  void shouldHaveTheGradientsOfFiniteDifferences(double studyToReport, int representations) {
    NDArray studies = studies(representations);

    GradientCheck.Result result =
        fixture.check(
            scratch -> new ContrastiveObjective(objectives(studyToReport)).loss(studies, reports));

    assertThat(result.worst()).as(result.where()).isLessThan(GradientCheck.LIMIT);
    assertThat(result.flat()).isEmpty();
  }

  @Test
  void shouldPullStudiesAndReportsInBothDirections() {
    NDArray studies = studies(1);

    Map<String, double[]> both = gradients(studies, 0.75);

    Map<String, double[]> forth = gradients(studies, 1);
    Map<String, double[]> back = gradients(studies, 0);
    both.forEach(
        (name, gradient) -> {
          double[] expected = new double[gradient.length];
          for (int i = 0; i < expected.length; i++) {
            expected[i] = 0.75 * forth.get(name)[i] + 0.25 * back.get(name)[i];
          }
          assertThat(gradient).as(name).containsExactly(expected, within(ROUNDING));
          double size = dot(forth.get(name), forth.get(name));
          assertThat(dot(back.get(name), back.get(name))).as(name).isGreaterThan(size / 100);
        });
  }

  private Map<String, double[]> gradients(NDArray studies, double studyToReport) {
    return fixture.gradients(
        scratch -> new ContrastiveObjective(objectives(studyToReport)).loss(studies, reports));
  }
}
