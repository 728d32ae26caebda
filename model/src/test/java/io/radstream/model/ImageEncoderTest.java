package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.Compute;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.ScriptedArithmetic;
import io.radstream.model.network.ConvolutionalEncoder;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.ViewFusion;
import io.radstream.model.objective.Evaluation;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.training.Exchange;
import io.radstream.model.training.StepResult;
import io.radstream.model.weights.Parameter;
import io.radstream.model.weights.SeededWeights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Another image encoder in the place of the radiograph transformer. */
class ImageEncoderTest {

  private static final ModelConfig PAPER = SmallNetworks.paper(0);
  private static final ModelConfig RELEASED = SmallNetworks.released(0);
  private static final LearningRates RATES = new LearningRates(1e-3, 1e-3);
  private static final StudyBatch BATCH = SmallNetworks.batch(4, 1);

  private NDManager manager;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void open() {
    manager = ComputeDevice.best().newManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  static List<ModelConfig> configs() {
    return List.of(PAPER, RELEASED);
  }

  private RefersNetwork convolutional(ModelConfig config, Precision precision) {
    return RefersNetwork.of(
        manager,
        config,
        ObjectiveList.parts(config),
        new SeededWeights(manager, 7),
        ScriptedArithmetic.of(manager, precision),
        ConvolutionalEncoder::of);
  }

  private static Map<String, float[]> encoderWeights(RefersNetwork network) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Parameter parameter : network.weights().parameters()) {
      if (parameter.part() == NetworkPart.RADIOGRAPH) {
        values.put(parameter.name(), parameter.value().toFloatArray());
      }
    }
    return values;
  }

  @Test
  void shouldGiveTheNetworkItsOwnWidthAndPlaces() {
    RefersNetwork network = convolutional(PAPER, Precision.FLOAT32);
    int width = network.radiograph().width();

    ViewFusion.Study study = network.study(manager, BATCH.images(), BATCH.size());

    assertThat(width).isNotEqualTo(PAPER.radiograph().width());
    assertThat(study.vectors().getShape()).isEqualTo(new Shape(4, 1, 3L * width));
    assertThat(study.memory().getShape())
        .isEqualTo(new Shape(4, network.radiograph().places(), 3L * width));
    assertThat(encoderWeights(network).keySet())
        .hasSize(6)
        .allMatch(name -> name.startsWith(ConvolutionalEncoder.NAME));
  }

  @ParameterizedTest
  @MethodSource("configs")
  void shouldLearnFromBothObjectives(ModelConfig config) {
    RefersNetwork network = convolutional(config, Precision.FLOAT32);
    Map<String, float[]> before = encoderWeights(network);
    RefersTraining training =
        RefersTraining.start(
            RefersTraining.pass(network, Compute.PLAIN, Exchange.ALONE),
            new OptimizerConfig(0, 0, 0),
            Compute.PLAIN,
            manager);
    Evaluation unlearned = training.evaluate(BATCH);

    StepResult step = training.step(BATCH, RATES, 1);

    assertThat(step.losses()).isEqualTo(unlearned.losses());
    assertThat(step.losses().byObjective().values()).hasSize(2).allMatch(loss -> loss > 0);
    assertThat(encoderWeights(network))
        .allSatisfy((name, now) -> assertThat(now).as(name).isNotEqualTo(before.get(name)));
    assertThat(training.evaluate(BATCH).loss()).isLessThan(unlearned.loss());
  }

  @ParameterizedTest
  @MethodSource("configs")
  void shouldLearnInPartsAndInSixteenBits(ModelConfig config) {
    Compute compute = new Compute(Precision.BFLOAT16, 2);
    RefersNetwork network = convolutional(config, compute.precision());
    Map<String, float[]> before = encoderWeights(network);
    RefersTraining training =
        RefersTraining.start(
            RefersTraining.pass(network, compute, Exchange.ALONE),
            new OptimizerConfig(0.9, 0, 0),
            compute,
            manager);

    training.step(BATCH, RATES, 1);

    assertThat(encoderWeights(network))
        .allSatisfy((name, now) -> assertThat(now).as(name).isNotEqualTo(before.get(name)));
    assertThat(Arrays.stream(training.evaluate(BATCH).studies()))
        .hasSize(4)
        .allSatisfy(vector -> assertThat(vector).doesNotContain(Float.NaN));
  }
}
