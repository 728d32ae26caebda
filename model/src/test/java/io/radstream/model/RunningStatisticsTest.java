package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.Compute;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.OptimizerConfig.Freeze;
import io.radstream.model.config.OptimizerConfig.Lookahead;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.BatchNorm;
import io.radstream.model.layers.Linear;
import io.radstream.model.layers.ScriptedArithmetic;
import io.radstream.model.network.ImageEncoder;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.training.Exchange;
import io.radstream.model.training.NonFiniteLossException;
import io.radstream.model.weights.Parameter;
import io.radstream.model.weights.SeededWeights;
import io.radstream.model.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a batch normalisation keeps, in a network whose encoder has nothing else to speak of. */
class RunningStatisticsTest {

  private static final ModelConfig CONFIG = SmallNetworks.paper(0);
  private static final LearningRates RATES = new LearningRates(1e-2, 1e-2);
  private static final StudyBatch BATCH = SmallNetworks.batch(5, 1);
  private static final int CHANNELS = 4;
  private static final int WIDTH = 8;
  private static final String MEAN = "normed.norm.running_mean";
  private static final String VARIANCE = "normed.norm.running_var";

  private NDManager manager;

  /** A quarter of a picture, from top to bottom, is a channel. */
  private record NormedQuarters(BatchNorm norm, Linear head) implements ImageEncoder {

    static ImageEncoder of(Weights weights, ModelConfig config) {
      Weights.Scope scope = weights.scope(NetworkPart.RADIOGRAPH, "normed").embeddings();
      return new NormedQuarters(
          scope.batchNorm("norm", CHANNELS), scope.linear("head", CHANNELS, WIDTH));
    }

    @Override
    public Output apply(NDArray images, boolean training) {
      Shape shape = images.getShape();
      NDArray quarters =
          images.reshape(shape.get(0), CHANNELS, shape.get(1) / CHANNELS, shape.get(2));
      NDArray x = norm.apply(quarters, training).reshape(shape.get(0), CHANNELS, -1);
      NDArray places = head.apply(x.transpose(0, 2, 1));
      return new Output(places.mean(new int[] {1}), places);
    }

    @Override
    public int width() {
      return WIDTH;
    }

    @Override
    public int places() {
      int side = CONFIG.radiograph().imageSize();
      return side * side / CHANNELS;
    }

    @Override
    public long flops() {
      return 0;
    }
  }

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void open() {
    manager = ComputeDevice.cpu().newManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private RefersNetwork network() {
    return RefersNetwork.of(
        manager,
        CONFIG,
        ObjectiveList.parts(CONFIG),
        new SeededWeights(manager, 7),
        ScriptedArithmetic.of(manager, Precision.FLOAT32),
        NormedQuarters::of);
  }

  private RefersTraining training(RefersNetwork network, int microBatch, Freeze freeze) {
    Compute compute = new Compute(Precision.FLOAT32, microBatch);
    return RefersTraining.start(
        RefersTraining.pass(network, compute, Exchange.ALONE),
        new OptimizerConfig(0.9, 1e-4, 0, Lookahead.OFF, freeze),
        compute,
        manager);
  }

  private static float[] values(RefersNetwork network, String name) {
    return network.weights().parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .map(Parameter::value)
        .findFirst()
        .orElseThrow()
        .toFloatArray();
  }

  /** Of a channel over all pictures of the batch. */
  private static List<Double> numbers(int channel) {
    int picture = BATCH.images().length / BATCH.size() / 3;
    int quarter = picture / CHANNELS;
    List<Double> numbers = new ArrayList<>();
    for (int i = 0; i < BATCH.images().length; i++) {
      if (i % picture / quarter == channel) {
        numbers.add((double) BATCH.images()[i]);
      }
    }
    return numbers;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void shouldTakeATenthOfWhatAStepSawInHoweverManyParts(int microBatch) {
    RefersNetwork network = network();

    training(network, microBatch, Freeze.NOTHING).step(BATCH, RATES, 1);

    for (int channel = 0; channel < CHANNELS; channel++) {
      List<Double> numbers = numbers(channel);
      double mean = numbers.stream().mapToDouble(x -> x).average().orElseThrow();
      double squares = numbers.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
      double variance = squares / (numbers.size() - 1);
      assertThat((double) values(network, MEAN)[channel]).isCloseTo(0.1 * mean, within(1e-6));
      assertThat((double) values(network, VARIANCE)[channel])
          .isCloseTo(0.9 + 0.1 * variance, within(1e-6));
    }
  }

  @Test
  void shouldNormaliseByThemWhatIsNotLearnedFrom() {
    RefersNetwork network = network();
    RefersTraining training = training(network, 0, Freeze.NOTHING);
    training.step(BATCH, RATES, 1);
    float[] mean = values(network, MEAN);

    float[][] together = training.evaluate(BATCH).studies();
    float[][] one = training.evaluate(BATCH.parts(1).get(0)).studies();

    assertThat(one[0]).containsExactly(together[0], within(1e-5f));
    assertThat(values(network, MEAN)).isEqualTo(mean);
    assertThat(training.evaluate(BATCH).loss())
        .isNotEqualTo(training.step(BATCH, RATES, 2).losses().total());
  }

  @Test
  void shouldKeepThoseOfFrozenLayersAndNormaliseByThem() {
    RefersNetwork network = network();
    RefersTraining training = training(network, 0, new Freeze(1, 0));
    double before = training.evaluate(BATCH).loss();

    double loss = training.step(BATCH, RATES, 1).losses().total();

    assertThat(loss).isEqualTo(before);
    assertThat(values(network, MEAN)).containsOnly(0);
    assertThat(values(network, VARIANCE)).containsOnly(1);
  }

  @Test
  void shouldKeepThemWhereAStepFails() {
    RefersNetwork network = network();
    RefersTraining training = training(network, 2, Freeze.NOTHING);
    float[] broken = BATCH.images().clone();
    broken[broken.length - 1] = Float.NaN;
    StudyBatch unusable = new StudyBatch(broken, BATCH.tokens());

    assertThatThrownBy(() -> training.step(unusable, RATES, 1))
        .isInstanceOf(NonFiniteLossException.class);

    assertThat(values(network, MEAN)).containsOnly(0);
    training.step(BATCH, RATES, 2);
    assertThat(values(network, MEAN)).doesNotContain(Float.NaN);
  }
}
