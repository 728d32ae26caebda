package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.radstream.model.config.Compute;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Fusion;
import io.radstream.model.config.ModelConfig.FusionKind;
import io.radstream.model.config.ModelConfig.Recurrence;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Objectives.LanguageMean;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.Evaluation;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.training.StepResult;
import io.radstream.model.weights.SeededWeights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AblationTest {

  private static final List<String> FINDINGS = List.of("Edema", "Effusion");
  private static final ModelConfig PAPER = SmallNetworks.paper(0);
  private static final ModelConfig RELEASED = SmallNetworks.released(0);

  private final NDManager manager = ComputeDevice.best().newManager();

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private static ModelConfig withoutFusion(ModelConfig config) {
    return SmallNetworks.with(config, new Fusion(FusionKind.NONE, 16));
  }

  private static ModelConfig objectives(
      ModelConfig config, double contrastive, double language, double labels) {
    Objectives objectives =
        new Objectives(contrastive, language, labels, 0.1, 0.75, LanguageMean.TOKEN);
    return SmallNetworks.with(config, objectives, labels > 0 ? FINDINGS : List.of());
  }

  static List<ModelConfig> ablations() {
    return List.of(
        SmallNetworks.with(PAPER, Recurrence.NONE),
        SmallNetworks.with(RELEASED, Recurrence.NONE),
        withoutFusion(PAPER),
        withoutFusion(RELEASED),
        objectives(PAPER, 1, 0, 0),
        objectives(PAPER, 0, 1, 0),
        objectives(PAPER, 0, 0, 1),
        objectives(PAPER, 1, 1, 1),
        // Without a language loss nothing asks for how this fusion weighs the patches.
        objectives(RELEASED, 1, 0, 0),
        objectives(RELEASED, 0, 1, 0),
        objectives(RELEASED, 0, 0, 1),
        objectives(RELEASED, 1, 1, 1));
  }

  private Map<String, float[]> weights(ModelConfig config) {
    RefersNetwork network =
        RefersNetwork.of(
            manager,
            config,
            ObjectiveList.parts(config),
            new SeededWeights(manager, 7),
            new Arithmetic.Plain());
    Map<String, float[]> values = new LinkedHashMap<>();
    network
        .weights()
        .parameters()
        .forEach(weight -> values.put(weight.name(), weight.value().toFloatArray()));
    return values;
  }

  private static Set<String> names(Map<String, float[]> weights, Predicate<String> which) {
    Set<String> names = new TreeSet<>(weights.keySet());
    names.removeIf(which.negate());
    return names;
  }

  /** Those that both have and that differ. */
  private static Set<String> changed(Map<String, float[]> a, Map<String, float[]> b) {
    return names(a, name -> b.containsKey(name) && !Arrays.equals(a.get(name), b.get(name)));
  }

  private static Set<String> missing(Map<String, float[]> from, Map<String, float[]> in) {
    return names(in, name -> !from.containsKey(name));
  }

  @Test
  void shouldLackOnlyTheRecurrentConcatenation() {
    Map<String, float[]> whole = weights(PAPER);

    Map<String, float[]> ablated = weights(SmallNetworks.with(PAPER, Recurrence.NONE));

    assertThat(missing(ablated, whole))
        .containsExactly(
            "recurrent_concatenation.dense.bias", "recurrent_concatenation.dense.weight");
    assertThat(missing(whole, ablated)).isEmpty();
    assertThat(changed(whole, ablated)).isEmpty();
  }

  @Test
  void shouldLackOnlyTheViewFusionAndBeOfAViewsWidth() {
    Map<String, float[]> whole = weights(PAPER);

    Map<String, float[]> ablated = weights(withoutFusion(PAPER));

    assertThat(missing(ablated, whole))
        .isNotEmpty()
        .isEqualTo(names(whole, name -> name.startsWith("view_fusion.")));
    assertThat(missing(whole, ablated)).isEmpty();
    // The biases that shrink, or do not, are zeros.
    assertThat(changed(whole, ablated))
        .containsExactly(
            "report.visual_projection.weight",
            "text_projection.dense.bias",
            "text_projection.dense.weight");
    assertThat(ablated.get("report.visual_projection.weight")).hasSize(16 * 24);
    assertThat(ablated.get("text_projection.dense.bias")).hasSize(24);
    assertThat(ablated.get("text_projection.dense.weight")).hasSize(24 * 16);
  }

  @Test
  void shouldLackOnlyTheReportTransformerWithoutLanguageLoss() {
    Map<String, float[]> whole = weights(PAPER);

    Map<String, float[]> ablated = weights(objectives(PAPER, 1, 0, 0));

    assertThat(missing(ablated, whole))
        .isNotEmpty()
        .isEqualTo(names(whole, name -> name.startsWith("report.")));
    assertThat(missing(whole, ablated)).isEmpty();
    assertThat(changed(whole, ablated)).isEmpty();
  }

  @Test
  void shouldLackOnlyTheReportEncoderWithoutContrastiveLoss() {
    Map<String, float[]> whole = weights(PAPER);

    Map<String, float[]> ablated = weights(objectives(PAPER, 0, 1, 0));

    assertThat(missing(ablated, whole))
        .isNotEmpty()
        .isEqualTo(names(whole, AblationTest::isReportEncoder));
    assertThat(missing(whole, ablated)).isEmpty();
    assertThat(changed(whole, ablated)).isEmpty();
  }

  private static boolean isReportEncoder(String name) {
    return name.startsWith("bert.") || name.startsWith("text_projection.");
  }

  @Test
  void shouldHaveALabelHeadInPlaceOfTheTextParts() {
    Map<String, float[]> whole = weights(PAPER);

    Map<String, float[]> ablated = weights(objectives(PAPER, 0, 0, 1));

    assertThat(missing(ablated, whole))
        .isNotEmpty()
        .isEqualTo(names(whole, name -> name.startsWith("report.") || isReportEncoder(name)));
    assertThat(missing(whole, ablated))
        .containsExactly("label_head.dense.bias", "label_head.dense.weight");
    assertThat(changed(whole, ablated)).isEmpty();
    assertThat(ablated.get("label_head.dense.weight")).hasSize(FINDINGS.size() * 3 * 24);
  }

  @ParameterizedTest
  @MethodSource("ablations")
  void shouldLearn(ModelConfig config) {
    StudyBatch batch = RandomStudies.batch(4, 1, config.findings().size());
    OptimizerConfig optimizer = new OptimizerConfig(0.9, 1e-4, 1);
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(config, optimizer, Compute.PLAIN, ComputeDevice.best()), 7)) {
      StepResult first = training.step(batch, new LearningRates(0.02, 0.02), 0);

      for (int step = 1; step < 8; step++) {
        training.step(batch, new LearningRates(0.02, 0.02), step);
      }

      Evaluation last = training.evaluate(batch);
      Objectives objectives = config.objectives();
      assertThat(last.loss()).isLessThan(first.loss());
      assertThat(first.losses().of("contrastive").isPresent())
          .isEqualTo(objectives.contrastive() > 0);
      assertThat(first.losses().of("language").isPresent()).isEqualTo(objectives.language() > 0);
      assertThat(first.losses().of("labels").isPresent()).isEqualTo(objectives.labels() > 0);
      assertThat(first.losses().byObjective().values()).allMatch(loss -> loss > 0);
      assertThat(last.reports().length).isEqualTo(objectives.contrastive() > 0 ? 4 : 0);
    }
  }
}
