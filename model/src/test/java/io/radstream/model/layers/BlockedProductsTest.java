package io.radstream.model.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.radstream.model.config.Activation;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.ScriptedArithmetic.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products in blocks beside those in rows, forward and backward. */
@EnabledIfSystemProperty(
    named = "os.arch",
    matches = "amd64|x86_64",
    disabledReason = "elsewhere PyTorch comes without the library for blocks")
class BlockedProductsTest {

  private final NDManager manager = ComputeDevice.best().newManager();
  private final ScriptedArithmetic rows = arithmetic(Layout.ROWS);
  private final ScriptedArithmetic blocks = arithmetic(Layout.BLOCKS);

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(2);
  }

  @BeforeEach
  void seed() {
    TorchEngine.engine().setRandomSeed(7);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private ScriptedArithmetic arithmetic(Layout layout) {
    return ScriptedArithmetic.of(manager, Precision.FLOAT32, layout);
  }

  @ParameterizedTest(name = "{0}×{1}×{2} to {3}")
  @CsvSource({
    // batch, tokens, inputs, outputs
    "1, 197, 768, 768",
    "4, 100, 768, 1536",
    "3, 197, 256, 1024",
    "12, 197, 256, 768",
    "12, 197, 768, 64",
    "2, 512, 128, 320",
    "4, 256, 192, 192",
    // Fewer than pay, or no whole blocks: the library's results are wrong there.
    "1, 1, 768, 768",
    "2, 3, 64, 64",
    "2, 256, 768, 100",
    "2, 256, 768, 777",
    "12, 197, 768, 3",
    "4, 256, 1000, 64",
    "3, 300, 1000, 1001",
  })
  void shouldBeThoseOfRows(int batch, int tokens, int inputs, int outputs) {
    NDArray x = manager.randomNormal(new Shape(batch, tokens, inputs));
    NDArray weight = random(outputs, inputs);
    NDArray bias = random(outputs);

    shouldAgree(arithmetic -> arithmetic.linear(x, weight, bias), x, weight, bias);
  }

  @ParameterizedTest(name = "{0} rows of {1}, {2} hidden, to {3}")
  @CsvSource({
    "500, 320, 640, 192",
    "1182, 128, 512, 128",
    "900, 192, 768, 100",
    "900, 192, 33, 64"
  })
  void shouldGoThroughAnActivation(int count, int inputs, int hidden, int outputs) {
    NDArray x = manager.randomNormal(new Shape(1, count, inputs));
    Linear first = new Linear(random(hidden, inputs), random(hidden), rows);
    Linear second = new Linear(random(outputs, hidden), random(outputs), rows);

    for (Activation activation : Activation.values()) {
      shouldAgree(
          arithmetic -> arithmetic.perceptron(x, first, activation, second),
          x,
          first.weight(),
          first.bias(),
          second.weight(),
          second.bias());
    }
  }

  @Test
  void shouldAttend() {
    NDArray x = manager.randomNormal(new Shape(6, 197, 192));
    NDArray memory = manager.randomNormal(new Shape(6, 300, 128));
    MultiHeadAttention own = attention(192, 192);
    MultiHeadAttention cross = attention(192, 128);

    shouldAgree(arithmetic -> arithmetic.attention(own, x, x, null), weights(own, x));
    shouldAgree(arithmetic -> arithmetic.attention(cross, x, memory, null), weights(cross, x));
  }

  private MultiHeadAttention attention(int width, int memory) {
    return new MultiHeadAttention(
        layer(width, width), layer(memory, width), layer(memory, width), layer(width, width), 3);
  }

  private Linear layer(int inputs, int outputs) {
    return new Linear(random(outputs, inputs), random(outputs), rows);
  }

  private static NDArray[] weights(MultiHeadAttention layers, NDArray x) {
    Stream<Linear> linear =
        Stream.of(layers.query(), layers.key(), layers.value(), layers.output());
    return Stream.concat(
            Stream.of(x), linear.flatMap(layer -> Stream.of(layer.weight(), layer.bias())))
        .toArray(NDArray[]::new);
  }

  @Test
  void shouldGiveTheSameBitsEachTime() {
    NDArray x = manager.randomNormal(new Shape(12, 197, 256));
    NDArray weight = random(512, 256);
    NDArray bias = random(512);
    Function<Arithmetic, NDArray> product = arithmetic -> arithmetic.linear(x, weight, bias);

    List<NDArray> first = resultAndGradients(blocks, product, x, weight, bias);
    List<NDArray> second = resultAndGradients(blocks, product, x, weight, bias);

    for (int i = 0; i < first.size(); i++) {
      assertThat(second.get(i).contentEquals(first.get(i))).isTrue();
    }
  }

  private void shouldAgree(Function<Arithmetic, NDArray> work, NDArray... inputs) {
    List<NDArray> expected = resultAndGradients(rows, work, inputs);
    List<NDArray> found = resultAndGradients(blocks, work, inputs);

    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i).getShape()).isEqualTo(expected.get(i).getShape());
      float largest = Math.max(1, expected.get(i).abs().max().getFloat());
      assertThat(found.get(i).sub(expected.get(i)).abs().max().getFloat())
          .isCloseTo(0, within(1e-5f * largest));
    }
  }

  /** The result, then the gradient of a weighed sum of it by each input. */
  private List<NDArray> resultAndGradients(
      Arithmetic arithmetic, Function<Arithmetic, NDArray> work, NDArray... inputs) {
    List<NDArray> found = new ArrayList<>();
    try (GradientCollector collector = TorchEngine.engine().newGradientCollector()) {
      for (NDArray input : inputs) {
        input.setRequiresGradient(true);
      }
      collector.zeroGradients();
      NDArray result = work.apply(arithmetic);
      found.add(result.duplicate());
      collector.backward(result.mul(cotangent(result.getShape())).sum());
      for (NDArray input : inputs) {
        found.add(input.getGradient().duplicate());
        input.setRequiresGradient(false);
      }
    }
    return found;
  }

  private NDArray cotangent(Shape shape) {
    TorchEngine.engine().setRandomSeed(1);
    return manager.randomNormal(shape);
  }

  /** So that a product with these as weights has a variance of about one. */
  private NDArray random(long... shape) {
    return manager
        .randomNormal(new Shape(shape))
        .div((float) Math.sqrt((double) shape[shape.length - 1]));
  }
}
