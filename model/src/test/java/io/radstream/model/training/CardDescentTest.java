package io.radstream.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.engine.TorchScript;
import io.radstream.model.explicit.Card;
import io.radstream.model.kernels.HostDevice;
import io.radstream.model.layers.ScriptedArithmetic;
import io.radstream.model.objective.BatchLosses;
import io.radstream.model.weights.Parameter;
import io.radstream.model.weights.Parameter.Kind;
import io.radstream.model.weights.Weights.Copy;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** By the kernels' very text on a processor, beside the engine's own operations. */
class CardDescentTest {

  private static final int STEPS = 20;
  private static final double ROUNDING = 1e-6;
  private static final OptimizerConfig PLAIN = new OptimizerConfig(0.9, 0.01, 0.5);

  @TempDir private static Path directory;

  private static HostDevice device;

  private NDManager manager;
  private TorchScript script;
  private SplittableRandom random;

  @BeforeAll
  static void start() {
    TorchEngine.start(1);
    device = HostDevice.in(directory);
  }

  @AfterAll
  static void unload() {
    device.close();
  }

  @BeforeEach
  void open() {
    assumeTrue(
        HostDevice.isHere(), "kernels run on the host where there is a g++ (Debian: package g++)");
    manager = ComputeDevice.cpu().newManager();
    script = TorchScript.fused(manager);
    random = new SplittableRandom(21);
  }

  @AfterEach
  void close() {
    if (manager != null) {
      manager.close();
    }
  }

  /** Weights of two rates, with and without decay and copies, one of more than a chunk. */
  private final class Network {

    private final ScriptedArithmetic narrow = ScriptedArithmetic.of(manager, Precision.BFLOAT16);
    private final List<Parameter> parameters;
    private final List<Copy> copies;
    private final LearningWeights learning;
    private final Sgd sgd;

    Network(OptimizerConfig config) {
      SplittableRandom drawn = new SplittableRandom(5);
      this.parameters =
          WeightGroups.inGroups(
              List.of(
                  parameter(drawn, "a", Kind.MATRIX, NetworkPart.RADIOGRAPH, 3, 2_751),
                  parameter(drawn, "b", Kind.BIAS, NetworkPart.RADIOGRAPH, 5),
                  parameter(drawn, "c", Kind.MATRIX, NetworkPart.TEXT, 10, 13),
                  parameter(drawn, "d", Kind.SCALE, NetworkPart.REPORT, 70)));
      this.copies =
          parameters.stream()
              .filter(parameter -> parameter.kind() == Kind.MATRIX)
              .map(weight -> new Copy(weight.name(), narrow.weight(weight.value())))
              .toList();
      this.learning = new LearningWeights(script, parameters, copies);
      this.sgd = new Sgd(config, script, parameters, (name, shape, kind) -> manager.zeros(shape));
    }

    private Parameter parameter(
        SplittableRandom drawn, String name, Kind kind, NetworkPart part, long... sides) {
      NDArray value = draw(drawn, manager, 1, sides);
      return new Parameter(name, value, kind, part, Parameter.BEHIND);
    }

    CardDescent onCard(OptimizerConfig config) {
      Card card = new Card(device, () -> 0);
      return CardDescent.of(card, script, manager, config, sgd, learning).orElseThrow();
    }

    List<FloatBuffer> weights() {
      return parameters.stream()
          .map(parameter -> FloatBuffer.wrap(parameter.value().toFloatArray()))
          .toList();
    }

    List<FloatBuffer> momenta() {
      return sgd.state().values().stream()
          .map(momentum -> FloatBuffer.wrap(momentum.toFloatArray()))
          .toList();
    }

    private float[] wide(NDArray narrow) {
      return manager.zeros(narrow.getShape()).add(narrow).toFloatArray();
    }

    void requireCopiesOfItsWeights() {
      for (Copy copy : copies) {
        NDArray weight =
            parameters.stream()
                .filter(parameter -> parameter.name().equals(copy.name()))
                .findFirst()
                .orElseThrow()
                .value();
        assertThat(wide(copy.value())).isEqualTo(wide(narrow.weight(weight)));
      }
    }
  }

  private static NDArray draw(
      SplittableRandom random, NDManager manager, double size, long... sides) {
    Shape shape = new Shape(sides);
    double[] drawn = random.doubles(shape.size(), -size, size).toArray();
    float[] values = new float[drawn.length];
    for (int i = 0; i < drawn.length; i++) {
      values[i] = (float) drawn[i];
    }
    return manager.create(values, shape);
  }

  private List<NDArray> gradients(Network network) {
    return network.parameters.stream()
        .map(weight -> draw(random, manager, 0.02, weight.value().getShape().getShape()))
        .toList();
  }

  private Gradients given(Network network, NDManager scratch, List<NDArray> found) {
    Gradients gradients = new Gradients(network.learning, script, scratch, 1);
    gradients.take(IValue.listFrom(found.toArray(PtNDArray[]::new)));
    return gradients;
  }

  private StepUnderWay begin(
      CardDescent descent,
      Network network,
      List<NDArray> found,
      PendingLosses losses,
      LearningRates rates) {
    try (NDManager scratch = manager.newSubManager();
        Gradients gradients = given(network, scratch, found)) {
      return descent.begin(scratch, losses, gradients, rates);
    }
  }

  private void step(Network network, List<NDArray> found, LearningRates rates) {
    List<NDArray> own =
        found.stream()
            .map(array -> manager.create(array.toFloatArray(), array.getShape()))
            .toList();
    try (NDManager scratch = manager.newSubManager();
        Gradients gradients = given(network, scratch, own)) {
      TorchEngine.recording(
          false,
          () -> {
            network.sgd.descend(gradients, rates, gradients.norm());
            network.learning.changed();
            return rates;
          });
    }
  }

  private static PendingLosses finite() {
    return read(2);
  }

  private static PendingLosses read(double loss) {
    return PendingLosses.of(new BatchLosses(Map.of("one", loss), loss));
  }

  private static LearningRates rates(int step) {
    return new LearningRates(0.5 / (step + 1), 0.1 + 0.01 * step);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 0.5", "0.9, 0.5"})
  void shouldMoveWeightsAsTheEngineDoes(double momentum, double limit) {
    OptimizerConfig config = new OptimizerConfig(momentum, 0.01, limit);
    Network network = new Network(config);
    Network expected = new Network(config);
    CardDescent descent = network.onCard(config);

    for (int i = 0; i < STEPS; i++) {
      List<NDArray> found = gradients(network);
      double norm = begin(descent, network, found, finite(), rates(i)).finish().gradientNorm();
      step(expected, found, rates(i));
      assertThat(norm).isCloseTo(norm(found), within(ROUNDING));
    }

    assertClose(network.weights(), expected.weights());
    assertClose(network.momenta(), expected.momenta());
    network.requireCopiesOfItsWeights();
  }

  private static double norm(List<NDArray> found) {
    return Math.sqrt(
        found.stream()
            .flatMap(array -> Arrays.stream(array.toArray()))
            .mapToDouble(number -> Math.pow(number.doubleValue(), 2))
            .sum());
  }

  private static void assertClose(List<FloatBuffer> actual, List<FloatBuffer> expected) {
    for (int i = 0; i < actual.size(); i++) {
      float[] found = actual.get(i).array();
      float[] wanted = expected.get(i).array();
      double apart =
          IntStream.range(0, wanted.length)
              .mapToDouble(at -> Math.abs((double) found[at] - wanted[at]))
              .reduce(0, (a, b) -> Double.isNaN(b) ? b : Math.max(a, b));
      assertThat(apart).isLessThan(ROUNDING);
    }
  }

  @Test
  void shouldTakeGradientsThatLieOddlyInMemory() {
    Network network = new Network(PLAIN);
    Network expected = new Network(PLAIN);
    List<NDArray> found = new ArrayList<>();
    for (Parameter parameter : network.parameters) {
      Shape shape = parameter.value().getShape();
      found.add(
          shape.dimension() == 1
              ? draw(random, manager, 1, shape.get(0) + 1).get("1:")
              : draw(random, manager, 1, shape.get(1), shape.get(0)).transpose());
    }

    begin(network.onCard(PLAIN), network, found, finite(), rates(0)).finish();

    step(expected, found, rates(0));
    assertClose(network.weights(), expected.weights());
  }

  @Test
  void shouldGiveTheSameBitsForGradientsThatAreInTheSameArraysAlways() {
    Network network = new Network(PLAIN);
    Network expected = new Network(PLAIN);
    CardDescent descent = network.onCard(PLAIN);
    CardDescent other = expected.onCard(PLAIN);
    List<NDArray> lasting = gradients(network);

    for (int i = 0; i < 3; i++) {
      List<NDArray> found = gradients(network);
      begin(other, expected, found, finite(), rates(i)).finish();
      for (int weight = 0; weight < found.size(); weight++) {
        // DJL's copyTo would put it elsewhere in memory.
        lasting.get(weight).muli(0).addi(found.get(weight));
      }
      try (NDManager scratch = manager.newSubManager();
          Gradients gradients = new Gradients(network.learning, script, scratch, 1)) {
        gradients.takeLasting(lasting);
        descent.begin(scratch, finite(), gradients, rates(i)).finish();
      }
    }

    assertThat(network.weights()).isEqualTo(expected.weights());
  }

  private enum Trouble {
    GRADIENT,
    LOSS_READ,
    LOSS_ON_DEVICE
  }

  /** Begins a step that is not finite. */
  private StepUnderWay begin(Trouble trouble, CardDescent descent, Network network) {
    List<NDArray> found = gradients(network);
    NDArray losses = manager.create(new float[] {1, Float.NaN});
    return switch (trouble) {
      case GRADIENT -> {
        found.get(0).muli(Float.NaN);
        yield begin(descent, network, found, finite(), rates(1));
      }
      case LOSS_READ -> begin(descent, network, found, read(Double.NaN), rates(1));
      case LOSS_ON_DEVICE ->
          begin(descent, network, found, onDevice(losses.get("0"), losses.get("1")), rates(1));
    };
  }

  private static PendingLosses onDevice(NDArray... scalars) {
    return new PendingLosses() {
      @Override
      public BatchLosses read() {
        double sum = Arrays.stream(scalars).mapToDouble(NDArray::getFloat).sum();
        return new BatchLosses(Map.of("one", sum), sum);
      }

      @Override
      public List<NDArray> scalars() {
        return List.of(scalars);
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void shouldMoveNothingBehindAStepThatIsNotFiniteBeforeTheHostKnows(Trouble trouble) {
    Network network = new Network(PLAIN);
    CardDescent descent = network.onCard(PLAIN);
    PendingLosses fine = onDevice(manager.create(1f), manager.create(2f));
    begin(descent, network, gradients(network), fine, rates(0)).finish();
    List<FloatBuffer> weights = network.weights();
    List<FloatBuffer> momenta = network.momenta();

    StepUnderWay bad = begin(trouble, descent, network);
    StepUnderWay next = begin(descent, network, gradients(network), finite(), rates(2));
    StepUnderWay last = begin(descent, network, gradients(network), finite(), rates(3));

    assertThat(bad.isDone()).isFalse();
    assertThatThrownBy(bad::finish)
        .isInstanceOf(NonFiniteLossException.class)
        .hasMessageContaining("NaN");
    assertThat(bad.isDone()).isTrue();
    assertThatThrownBy(bad::finish).isInstanceOf(NonFiniteLossException.class);
    assertThatThrownBy(next::finish)
        .isInstanceOf(NonFiniteLossException.class)
        .hasMessageContaining("a step before");
    assertThatThrownBy(last::finish).isInstanceOf(NonFiniteLossException.class);
    assertThat(network.weights()).isEqualTo(weights);
    assertThat(network.momenta()).isEqualTo(momenta);
    network.requireCopiesOfItsWeights();

    begin(descent, network, gradients(network), finite(), rates(4)).finish();

    assertThat(network.weights()).isNotEqualTo(weights);
  }

  @Test
  void shouldNotTakeWhatIsKnownOfAnEarlierStepForALaterOne() {
    Network network = new Network(PLAIN);
    CardDescent descent = network.onCard(PLAIN);
    List<FloatBuffer> weights = network.weights();

    StepUnderWay bad = begin(Trouble.LOSS_READ, descent, network);
    StepUnderWay behind = begin(descent, network, gradients(network), finite(), rates(1));
    assertThatThrownBy(bad::finish).isInstanceOf(NonFiniteLossException.class);
    StepUnderWay worse = begin(Trouble.LOSS_READ, descent, network);
    assertThatThrownBy(behind::finish).isInstanceOf(NonFiniteLossException.class);
    StepUnderWay last = begin(descent, network, gradients(network), finite(), rates(2));

    assertThatThrownBy(worse::finish).isInstanceOf(NonFiniteLossException.class);
    assertThatThrownBy(last::finish).isInstanceOf(NonFiniteLossException.class);
    assertThat(network.weights()).isEqualTo(weights);
  }

  @Test
  void shouldGiveTheSameBitsWhetherStepsAreWaitedForOrNot() {
    Network network = new Network(PLAIN);
    Network expected = new Network(PLAIN);
    CardDescent descent = network.onCard(PLAIN);
    CardDescent other = expected.onCard(PLAIN);
    List<StepUnderWay> begun = new ArrayList<>();
    List<StepResult> results = new ArrayList<>();

    for (int i = 0; i < 5; i++) {
      List<NDArray> found = gradients(network);
      results.add(begin(other, expected, found, read(i), rates(i)).finish());
      begun.add(begin(descent, network, found, read(i), rates(i)));
    }

    assertThat(begun.stream().map(StepUnderWay::finish)).isEqualTo(results);
    assertThat(network.weights()).isEqualTo(expected.weights());
    assertThat(network.momenta()).isEqualTo(expected.momenta());
  }
}
