package io.radstream.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.ByHand;
import io.radstream.model.Float64Fixture;
import io.radstream.model.GradientCheck;
import io.radstream.model.config.ModelConfig.Fusion;
import io.radstream.model.config.ModelConfig.FusionKind;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.ViewFusion.Study;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ViewFusionTest {

  private static final int STUDIES = 2;
  private static final int VIEWS = 3;
  private static final int PATCHES = 4;
  private static final int WIDTH = 5;
  private static final double ROUNDING = 1e-12;

  private Float64Fixture fixture;
  private NDArray aggregated;
  private NDArray patches;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void makeInputs() {
    fixture = new Float64Fixture(1);
    aggregated = fixture.input("aggregated", STUDIES * VIEWS, WIDTH);
    patches = fixture.input("patches", STUDIES * VIEWS, PATCHES, WIDTH);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private ViewFusion fusion(FusionKind kind) {
    return ViewFusion.of(fixture.weights(), new Fusion(kind, 7), WIDTH);
  }

  private Study apply(ViewFusion fusion) {
    return fusion.apply(new ImageEncoder.Output(aggregated, patches));
  }

  /** Patches as study, view, patch. */
  private double[] patch(int study, int view, int place) {
    return ByHand.rows(patches)[(study * VIEWS + view) * PATCHES + place];
  }

  private double[] mean(int study, int view) {
    double[] mean = new double[WIDTH];
    for (int place = 0; place < PATCHES; place++) {
      for (int i = 0; i < WIDTH; i++) {
        mean[i] += patch(study, view, place)[i] / PATCHES;
      }
    }
    return mean;
  }

  private static double[] times(double factor, double[] x) {
    return Arrays.stream(x).map(value -> factor * value).toArray();
  }

  @Test
  void shouldWeighViewsBySoftmax() {
    SoftmaxFusion fusion = (SoftmaxFusion) fusion(FusionKind.SOFTMAX);

    Study study = apply(fusion);

    assertThat(study.vectors().getShape()).isEqualTo(new Shape(STUDIES, 1, VIEWS * WIDTH));
    assertThat(study.memory().getShape()).isEqualTo(new Shape(STUDIES, PATCHES, VIEWS * WIDTH));
    for (int s = 0; s < STUDIES; s++) {
      double[] a = mean(s, 0);
      double[] b = mean(s, 1);
      double[] c = mean(s, 2);
      double[] hidden = ByHand.linear(fusion.hidden(), ByHand.concat(a, b, c));
      double[] relu = Arrays.stream(hidden).map(value -> Math.max(0, value)).toArray();
      double[] weights = ByHand.softmax(ByHand.linear(fusion.scores(), relu));
      assertThat(ByHand.rows(study.vectors())[s])
          .containsExactly(
              ByHand.concat(times(weights[0], a), times(weights[1], b), times(weights[2], c)),
              within(ROUNDING));
      for (int place = 0; place < PATCHES; place++) {
        double[] expected = new double[0];
        for (int view = 0; view < VIEWS; view++) {
          expected = ByHand.concat(expected, times(weights[view], patch(s, view, place)));
        }
        assertThat(ByHand.rows(study.memory())[s * PATCHES + place])
            .containsExactly(expected, within(ROUNDING));
      }
    }
  }

  @Test
  void shouldWeighPatchesBySigmoid() {
    SigmoidFusion fusion = (SigmoidFusion) fusion(FusionKind.SIGMOID);

    Study study = apply(fusion);

    assertThat(study.vectors().getShape()).isEqualTo(new Shape(STUDIES, 1, VIEWS * WIDTH));
    assertThat(study.vectors().toDoubleArray()).isEqualTo(aggregated.toDoubleArray());
    assertThat(study.memory().getShape()).isEqualTo(new Shape(STUDIES, VIEWS * PATCHES, WIDTH));
    double[][] memory = ByHand.rows(study.memory());
    for (int s = 0; s < STUDIES; s++) {
      for (int place = 0; place < PATCHES; place++) {
        double[] joined = ByHand.concat(patch(s, 0, place), patch(s, 1, place), patch(s, 2, place));
        double[] scores = ByHand.linear(fusion.scores(), joined);
        for (int view = 0; view < VIEWS; view++) {
          double weight = 1 / (1 + Math.exp(-scores[view]));
          assertThat(memory[(s * VIEWS + view) * PATCHES + place])
              .containsExactly(times(weight, patch(s, view, place)), within(ROUNDING));
        }
      }
    }
  }

  @Test
  void shouldLetEachViewStandForItselfWithoutFusion() {
    ViewFusion fusion = fusion(FusionKind.NONE);

    Study study = apply(fusion);

    assertThat(study.vectors().getShape()).isEqualTo(new Shape(STUDIES, VIEWS, WIDTH));
    assertThat(study.representations()).isEqualTo(VIEWS);
    assertThat(study.memory().toDoubleArray()).isEqualTo(patches.toDoubleArray());
    for (int view = 0; view < STUDIES * VIEWS; view++) {
      assertThat(ByHand.rows(study.vectors())[view])
          .containsExactly(mean(view / VIEWS, view % VIEWS), within(ROUNDING));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldPermuteWithTheBatch(FusionKind kind) {
    ViewFusion fusion = fusion(kind);
    Study straight = apply(fusion);
    NDArray otherStudyFirst = fixture.manager().create(new long[] {3, 4, 5, 0, 1, 2});

    Study turned = fusion.apply(new ImageEncoder.Output(aggregated, patches).at(otherStudyFirst));

    assertThat(turned.vectors().toDoubleArray())
        .containsExactly(straight.vectors().flip(0).toDoubleArray(), within(ROUNDING));
    Shape byStudy = new Shape(STUDIES, -1);
    assertThat(turned.memory().reshape(byStudy).toDoubleArray())
        .containsExactly(
            straight.memory().reshape(byStudy).flip(0).toDoubleArray(), within(ROUNDING));
  }

  @ParameterizedTest
  @EnumSource
  void shouldHaveTheGradientsOfFiniteDifferences(FusionKind kind) {
    ViewFusion fusion = fusion(kind);

    GradientCheck.Result result =
        fixture.check(
            scratch -> {
              Study study = apply(fusion);
              return study.vectors().flatten().concat(study.memory().flatten());
            });

    assertThat(result.worst()).as(result.where()).isLessThan(GradientCheck.LIMIT);
    if (kind == FusionKind.SIGMOID) {
      assertThat(result.flat()).isEmpty();
    } else {
      assertThat(result.flat()).containsExactly("aggregated");
    }
  }
}
