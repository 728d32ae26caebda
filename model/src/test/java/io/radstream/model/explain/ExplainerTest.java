package io.radstream.model.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.radstream.model.Refers;
import io.radstream.model.SmallNetworks;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Objectives.LanguageMean;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExplainerTest {

  private static final ModelConfig CONFIG = SmallNetworks.paper(0);

  private final float[] images = SmallNetworks.batch(1, 5).images();

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static Refers refers(ModelConfig config, long seed) throws IOException {
    return Refers.unlearned(config, seed, ComputeDevice.cpu(), Precision.FLOAT32);
  }

  private static ExplainedScore stated(Refers refers) {
    return new ExplainedScore.Stated(refers.embedReports(new int[][] {{3, 4, 5}})[0], 0.1);
  }

  @ParameterizedTest
  @EnumSource(MapKind.class)
  void shouldGiveAValueForEachPatchOfEachView(MapKind kind) throws IOException {
    try (Refers refers = refers(CONFIG, 1)) {
      // When
      StudyMaps maps = refers.explain(images, stated(refers), kind);

      // Then
      assertThat(maps.views()).hasSize(3).allMatch(map -> map.grid() == 4);
      assertThat(values(maps)).contains(0.0, 1.0).allMatch(value -> value >= 0 && value <= 1);
      assertThat(maps.views().get(0).values()).isNotEqualTo(maps.views().get(1).values());
    }
  }

  @Test
  void shouldExplainTheScoreThatScoringGives() throws IOException {
    try (Refers refers = refers(CONFIG, 1)) {
      // Given
      float[] report = refers.embedReports(new int[][] {{3, 4, 5}})[0];
      float[] study = refers.embedStudies(images, 1)[0];
      double cosine =
          IntStream.range(0, study.length).mapToDouble(i -> (double) study[i] * report[i]).sum();

      // When
      StudyMaps maps = refers.explain(images, stated(refers), MapKind.GRADIENT);

      // Then
      assertThat(maps.logOdds()).isCloseTo(cosine / 0.1, within(1e-4));
    }
  }

  @Test
  void shouldExplainAFindingThatWasTaught() throws IOException {
    ModelConfig taught =
        SmallNetworks.with(
            CONFIG, new Objectives(0, 0, 1, 0.1, 1, LanguageMean.REPORT), List.of("one", "two"));
    try (Refers refers = refers(taught, 1)) {
      // Given
      double probability = refers.findings(images, 1)[0][1];

      // When
      StudyMaps maps = refers.explain(images, new ExplainedScore.Taught(1), MapKind.GRADIENT);

      // Then
      assertThat(maps.logOdds()).isCloseTo(Math.log(probability / (1 - probability)), within(1e-4));
    }
  }

  @Test
  void shouldLeaveScoresAsTheyAre() throws IOException {
    try (Refers refers = refers(CONFIG, 1)) {
      // Given
      float[] before = refers.embedStudies(images, 1)[0];

      // When
      StudyMaps first = refers.explain(images, stated(refers), MapKind.GRADIENT);
      StudyMaps second = refers.explain(images, stated(refers), MapKind.GRADIENT);

      // Then
      assertThat(refers.embedStudies(images, 1)[0]).isEqualTo(before);
      assertThat(values(second)).isEqualTo(values(first));
    }
  }

  /**
   * Adebayo et al., 2018, "Sanity Checks for Saliency Maps": a map must depend on what it explains.
   */
  @ParameterizedTest
  @EnumSource(MapKind.class)
  void shouldGiveAnotherMapForOtherWeights(MapKind kind) throws IOException {
    try (Refers one = refers(CONFIG, 1);
        Refers other = refers(CONFIG, 2)) {
      // When
      List<Double> first = values(one.explain(images, stated(one), kind));
      List<Double> second = values(other.explain(images, stated(other), kind));

      // Then
      assertThat(Math.abs(correlation(first, second))).isLessThan(0.6);
    }
  }

  @Test
  void shouldFollowAnswersFromTheAggregationOfTheReleasedNetwork() throws IOException {
    try (Refers refers = refers(SmallNetworks.released(0), 1)) {
      // When
      StudyMaps maps = refers.explain(images, stated(refers), MapKind.GRADIENT);

      // Then
      assertThat(values(maps)).contains(0.0, 1.0);
      assertThatThrownBy(() -> refers.explain(images, stated(refers), MapKind.ACTIVATION))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("ACTIVATION");
    }
  }

  private static List<Double> values(StudyMaps maps) {
    return maps.views().stream()
        .flatMap(map -> IntStream.range(0, map.values().length).mapToObj(i -> map.values()[i]))
        .map(Float::doubleValue)
        .toList();
  }

  private static double correlation(List<Double> x, List<Double> y) {
    double[] a = centred(x);
    double[] b = centred(y);
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  }

  private static double[] centred(List<Double> values) {
    double mean = values.stream().mapToDouble(value -> value).average().orElseThrow();
    return values.stream().mapToDouble(value -> value - mean).toArray();
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }
}
