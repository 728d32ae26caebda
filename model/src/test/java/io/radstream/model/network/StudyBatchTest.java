package io.radstream.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.model.Learning;
import io.radstream.model.RefersTraining;
import io.radstream.model.SmallNetworks;
import io.radstream.model.config.Compute;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.objective.Evaluation;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class StudyBatchTest {

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Test
  void shouldRefuseAReportForOneTextPartOnly() {
    int[][] tokens = {{1, 2}, {}};
    int[][] encoderTokens = {{1, 2}, {1, 2}};

    assertThatThrownBy(() -> new StudyBatch(new float[6], tokens, encoderTokens, new float[2][0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one text part only");
  }

  @Test
  void shouldRefuseAStudyWithoutAReportWhereAnObjectiveReadsOne() {
    StudyBatch some = SmallNetworks.batch(2, 1);
    int[][] tokens = {some.tokens()[0], {}};
    StudyBatch batch = new StudyBatch(some.images(), tokens);
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(
                SmallNetworks.released(0),
                new OptimizerConfig(0, 0, 0),
                Compute.PLAIN,
                ComputeDevice.cpu()),
            1)) {
      assertThatThrownBy(() -> training.evaluate(batch))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a study has none, and an objective needs it");
    }
  }

  @Test
  void shouldRefuseRowsThatDoNotMatch() {
    int[][] two = {{1, 2}, {1, 2}};
    int[][] one = {{1, 2}};

    assertThatThrownBy(() -> new StudyBatch(new float[6], two, one, new float[2][0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 reports, 1 for the encoder");
  }

  @Test
  void shouldDivideIntoParts() {
    StudyBatch batch = SmallNetworks.batch(5, 1);

    List<StudyBatch> parts = batch.parts(2);

    assertThat(parts).extracting(StudyBatch::size).containsExactly(2, 2, 1);
    assertThat(parts.get(2).tokens()[0]).isSameAs(batch.tokens()[4]);
  }

  @Test
  void shouldLearnNothingFromReportsOfOneToken() {
    ModelConfig config = SmallNetworks.released(0);
    StudyBatch some = SmallNetworks.batch(2, 1);
    int[][] single = {{1}, {1}};
    StudyBatch batch = new StudyBatch(some.images(), single, some.encoderTokens(), some.labels());
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(config, new OptimizerConfig(0, 0, 0), Compute.PLAIN, ComputeDevice.best()),
            1)) {
      Evaluation evaluation = training.evaluate(batch);

      assertThat(evaluation.losses().of("language")).hasValue(0.0);
      assertThat(evaluation.loss()).isFinite();
    }
  }

  @Test
  void shouldCutCompanionsAsThePicturesThatTheyBelongTo() {
    StudyBatch some = SmallNetworks.batch(5, 1);
    StudyBatch batch = some.with(CompanionKind.DISTORTED, SmallNetworks.batch(5, 2).images());

    List<StudyBatch> parts = batch.parts(2);

    int values = some.images().length / 5;
    for (int part = 0; part < 3; part++) {
      int from = 2 * part * values;
      int to = Math.min(from + 2 * values, 5 * values);
      assertThat(parts.get(part).companions(CompanionKind.DISTORTED))
          .containsExactly(Arrays.copyOfRange(batch.companions(CompanionKind.DISTORTED), from, to));
    }
  }

  @Test
  void shouldHaveACompanionForEveryPictureOrNone() {
    StudyBatch some = SmallNetworks.batch(2, 1);

    assertThatThrownBy(() -> some.with(CompanionKind.SECOND_VIEW, new float[3]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> some.companions(CompanionKind.SECOND_VIEW))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("SECOND_VIEW");
  }
}
