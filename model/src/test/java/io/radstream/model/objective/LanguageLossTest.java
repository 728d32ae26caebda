package io.radstream.model.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.ByHand;
import io.radstream.model.Float64Fixture;
import io.radstream.model.GradientCheck;
import io.radstream.model.config.Activation;
import io.radstream.model.config.ModelConfig.Decoder;
import io.radstream.model.config.ModelConfig.TokenPositions;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Objectives.LanguageMean;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.RefersNetwork.Representation;
import io.radstream.model.network.ReportTransformer;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.ViewFusion;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageLossTest {

  private static final int[][] REPORTS = {{1, 5, 2}, {1, 3, 3, 8, 2}};
  private static final int PREDICTED = 6;
  private static final int PLACES = 2;
  private static final int MEMORY_WIDTH = 3;

  /** The factors in the losses are float32. */
  private static final double ROUNDING = 1e-6;

  private Float64Fixture fixture;
  private ReportTransformer decoder;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void makeDecoder() {
    fixture = new Float64Fixture(1);
    decoder =
        ReportTransformer.of(
            fixture.weights(),
            new Decoder(9, 4, 1, 2, 6, 6, 0, Activation.RELU, TokenPositions.SINUSOIDAL),
            MEMORY_WIDTH);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private NDArray memory(int representations) {
    return fixture.input("memory", (long) REPORTS.length * representations, PLACES, MEMORY_WIDTH);
  }

  private NDArray loss(NDManager scratch, int[][] reports, NDArray memory, double divisor) {
    long representations = memory.getShape().get(0) / reports.length;
    NDArray vectors = scratch.zeros(new Shape(reports.length, representations, 1));
    ViewFusion.Study study = new ViewFusion.Study(vectors, memory);
    StudyBatch batch = new StudyBatch(new float[0], reports);
    Forward forward =
        Forward.of(scratch, batch, new Representation(study, Optional.empty()), false);
    return objective(LanguageMean.REPORT).share(decoder, forward, divisor);
  }

  private LanguageObjective objective(LanguageMean mean) {
    return new LanguageObjective(new Objectives(0, 1, 0, 1, 1, mean), decoder.config().maxTokens());
  }

  private double value(int[][] reports, NDArray memory, double divisor) {
    return loss(fixture.manager(), reports, memory, divisor).getDouble();
  }

  @ParameterizedTest
  @CsvSource({"REPORT, 1", "REPORT, 3", "TOKEN, 1", "TOKEN, 3"})
  void shouldSumWhatEachTokenCostsByThoseBeforeIt(LanguageMean mean, int representations) {
    NDArray memory = memory(representations);
    double divisor = objective(mean).count(new StudyBatch(new float[0], REPORTS));

    double loss = value(REPORTS, memory, divisor);

    double sum = 0;
    for (int i = 0; i < REPORTS.length * representations; i++) {
      sum += alone(REPORTS[i / representations], memory.get(i + ":" + (i + 1)));
    }
    double count = mean == LanguageMean.REPORT ? REPORTS.length : PREDICTED;
    assertThat(loss).isCloseTo(sum / count / representations, within(ROUNDING));
  }

  /** A report without padding beside it. */
  private double alone(int[] report, NDArray memory) {
    NDArray ids = fixture.manager().create(report).reshape(1, report.length);
    double[][] logits = ByHand.rows(decoder.logits(decoder.features(ids, memory, false)));
    double sum = 0;
    for (int t = 1; t < report.length; t++) {
      sum -= Math.log(ByHand.softmax(logits[t - 1])[report[t]]);
    }
    return sum;
  }

  @Test
  void shouldStayTheSameInAnotherOrderOfTheBatch() {
    NDArray memory = memory(1);
    double straight = value(REPORTS, memory, 1);

    double turned = value(new int[][] {REPORTS[1], REPORTS[0]}, memory.flip(0), 1);

    assertThat(turned).isCloseTo(straight, within(1e-12));
  }

  @Test
  void shouldNotLetPaddingCostAnything() {
    NDArray memory = memory(1);
    double apart =
        value(new int[][] {REPORTS[0]}, memory.get(":1"), 1)
            + value(new int[][] {REPORTS[1]}, memory.get("1:"), 1);

    double together = value(REPORTS, memory, 1);

    assertThat(together).isCloseTo(apart, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"REPORT, 1", "TOKEN, 1", "TOKEN, 3"})
  void shouldHaveTheGradientsOfFiniteDifferences(LanguageMean mean, int representations) {
    NDArray memory = memory(representations);
    double divisor = objective(mean).count(new StudyBatch(new float[0], REPORTS));

    GradientCheck.Result result = fixture.check(scratch -> loss(scratch, REPORTS, memory, divisor));

    assertThat(result.worst()).as(result.where()).isLessThan(GradientCheck.LIMIT);
    // Softmax does not see what all keys have in common.
    assertThat(result.flat())
        .containsExactly(
            "report.layer.0.cross_attention.key.bias", "report.layer.0.self_attention.key.bias");
  }
}
