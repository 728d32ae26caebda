package io.radstream.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.model.SmallNetworks;
import io.radstream.model.config.ModelConfig.ImageEncoderKind;
import io.radstream.model.config.ModelConfig.Radiograph;
import io.radstream.model.config.ModelConfig.Residual;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.weights.Parameter;
import io.radstream.model.weights.Parameter.Kind;
import io.radstream.model.weights.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Residual networks in float64 against those of an independent program in PyTorch, with
 * torchvision's names; {@code benchmarks/reference/residual.py} tells how they are made.
 */
class ResidualReferenceTest {

  private static final double TOLERANCE = 1e-10;
  private static final int PICTURES = 3;
  private static final int SIDE = 32;

  private NDManager manager;

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

  static List<JsonNode> cases() throws IOException {
    try (InputStream in =
        ResidualReferenceTest.class.getResourceAsStream("/reference/residual.json")) {
      JsonNode cases = new ObjectMapper().readTree(in);
      return StreamSupport.stream(cases.spliterator(), false).toList();
    }
  }

  private static Radiograph config(JsonNode reference) {
    List<Integer> blocks =
        StreamSupport.stream(reference.get("blocks").spliterator(), false)
            .map(JsonNode::intValue)
            .toList();
    Residual residual =
        new Residual(
            blocks, reference.get("bottleneck").booleanValue(), reference.get("width").intValue());
    return SmallNetworks.paper(0).radiograph().with(ImageEncoderKind.CONVOLUTIONAL, residual);
  }

  /** Filled when all are known: values go by the names in their order. */
  private Weights filled(Weights weights) {
    TreeMap<String, Parameter> byName = new TreeMap<>();
    weights.parameters().forEach(parameter -> byName.put(name(parameter), parameter));
    int seed = 0;
    for (Parameter parameter : byName.values()) {
      NDArray value = parameter.value();
      value.muli(0).addi(first(seed++, parameter));
    }
    return weights;
  }

  private static String name(Parameter parameter) {
    return parameter.name().substring(ResidualNetwork.PREFIX.length() + 1);
  }

  private NDArray first(int seed, Parameter parameter) {
    Shape shape = parameter.value().getShape();
    Kind kind = parameter.kind();
    double mean = kind == Kind.SCALE || kind == Kind.RUNNING_VARIANCE ? 1 : 0;
    double size = kind == Kind.KERNEL ? Math.sqrt(2.0 * shape.get(0) / shape.size()) : 0.3;
    return sines(seed, shape).mul(size).add(mean);
  }

  private NDArray sines(double seed, Shape shape) {
    double[] values = new double[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sin(seed + 1.7 * i + 0.3 * Math.sin(0.9 * i));
    }
    return manager.create(values).reshape(shape);
  }

  private Weights weights() {
    return new Weights(
        (name, shape, kind) -> manager.create(new double[(int) shape.size()]).reshape(shape),
        new Arithmetic.Plain());
  }

  private NDArray loss(ImageEncoder.Output seen) {
    return seen.aggregated()
        .mul(sines(200, seen.aggregated().getShape()))
        .sum()
        .add(seen.patches().mul(sines(300, seen.patches().getShape())).sum());
  }

  private static void assertSame(NDArray actual, JsonNode expected) {
    double[] values =
        StreamSupport.stream(expected.spliterator(), false)
            .mapToDouble(JsonNode::doubleValue)
            .toArray();
    assertThat(actual.toDoubleArray()).containsExactly(values, within(TOLERANCE));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldGiveTheNumbersOfTheReference(JsonNode reference) {
    Weights weights = weights();
    ResidualNetwork network = ResidualNetwork.of(weights, config(reference));
    filled(weights);
    NDArray images = sines(100, new Shape(PICTURES, SIDE, SIDE));

    ImageEncoder.Output seen = network.apply(images);
    ImageEncoder.Output learning = network.apply(images, true);

    assertSame(seen.aggregated(), reference.get("aggregated"));
    assertSame(seen.patches(), reference.get("places"));
    assertSame(learning.aggregated(), reference.at("/training/aggregated"));
    assertSame(learning.patches(), reference.at("/training/places"));
    assertThat(seen.patches().getShape())
        .isEqualTo(new Shape(PICTURES, network.places(), network.width()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldLearnAsTheReference(JsonNode reference) {
    Weights weights = weights();
    ResidualNetwork network = ResidualNetwork.of(weights, config(reference));
    filled(weights);
    NDArray images = sines(100, new Shape(PICTURES, SIDE, SIDE));
    weights.parameters().stream()
        .filter(parameter -> parameter.kind().learns())
        .forEach(parameter -> parameter.value().setRequiresGradient(true));

    NDArray loss = TorchEngine.recording(true, () -> loss(network.apply(images, true)));
    TorchEngine.backward(loss);
    weights.statistics().take(weights.statistics().seen(manager).orElseThrow());

    for (Parameter parameter : weights.parameters()) {
      if (parameter.kind().learns()) {
        NDArray gradient = parameter.value().getGradient();
        JsonNode expected = reference.get("gradients").get(name(parameter));
        double norm = expected.get("norm").doubleValue();
        assertThat(gradient.norm().getDouble()).isCloseTo(norm, within(TOLERANCE * (1 + norm)));
        assertThat(gradient.mul(sines(400, gradient.getShape())).sum().getDouble())
            .as(parameter.name())
            .isCloseTo(expected.get("along").doubleValue(), within(TOLERANCE * (1 + norm)));
      } else {
        assertSame(parameter.value(), reference.get("running").get(name(parameter)));
      }
    }
    assertThat(weights.parameters().stream().filter(parameter -> parameter.kind().learns()))
        .hasSize(reference.get("gradients").size());
  }
}
