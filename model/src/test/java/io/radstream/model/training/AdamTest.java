package io.radstream.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.OptimizerConfig.Freeze;
import io.radstream.model.config.OptimizerConfig.Kind;
import io.radstream.model.config.OptimizerConfig.Lookahead;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.engine.TorchScript;
import io.radstream.model.weights.Parameter;
import io.radstream.model.weights.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Against the steps of PyTorch's {@code torch.optim.Adam} that benchmarks/reference/adam.py took.
 */
class AdamTest {

  private static final int STEPS = 20;
  private static final Shape MATRIX = new Shape(2, 3);
  private static final Shape BIAS = new Shape(3);

  private static JsonNode reference;

  private NDManager manager;
  private TorchScript script;

  @BeforeAll
  static void startEngine() throws IOException {
    TorchEngine.start(1);
    try (InputStream in = AdamTest.class.getResourceAsStream("/reference/adam.json")) {
      reference = new ObjectMapper().readTree(in);
    }
  }

  @BeforeEach
  void open() {
    manager = ComputeDevice.cpu().newManager();
    script = TorchScript.fused(manager);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void shouldTakeTheStepsOfPyTorchsAdam() {
    NDArray matrix = firstMatrix();
    NDArray bias = firstBias();
    List<Parameter> parameters = parameters(matrix, bias);
    Optimizer adam = Optimizer.of(config(), script, parameters, atRest());

    for (int step = 0; step < STEPS; step++) {
      descend(adam, parameters, step);

      JsonNode after = reference.get("after").get(step);
      assertClose(matrix, after.get("matrix"));
      assertClose(bias, after.get("bias"));
    }
  }

  @Test
  void shouldGoOnFromItsStateToTheBit() {
    List<Parameter> whole = parameters(firstMatrix(), firstBias());
    Optimizer uninterrupted = Optimizer.of(config(), script, whole, atRest());
    for (int step = 0; step < 7; step++) {
      descend(uninterrupted, whole, step);
    }
    List<Parameter> resumed =
        parameters(whole.get(0).value().duplicate(), whole.get(1).value().duplicate());
    Map<String, NDArray> saved = new HashMap<>();
    uninterrupted.state().forEach((name, value) -> saved.put(name, value.duplicate()));
    Optimizer again =
        Optimizer.of(config(), script, resumed, (name, shape, kind) -> saved.get(name));

    for (int step = 7; step < STEPS; step++) {
      descend(uninterrupted, whole, step);
      descend(again, resumed, step);
    }

    for (int i = 0; i < whole.size(); i++) {
      assertThat(resumed.get(i).value().toDoubleArray())
          .isEqualTo(whole.get(i).value().toDoubleArray());
    }
  }

  private void descend(Optimizer adam, List<Parameter> parameters, int step) {
    double rate = reference.get("rate").asDouble() * Math.min(1.0, (step + 1) / (STEPS / 2.0));
    LearningWeights learning = new LearningWeights(script, parameters, List.of());
    try (NDManager scratch = manager.newSubManager();
        Gradients gradients = new Gradients(learning, script, scratch, 1)) {
      TorchEngine.recording(
          true,
          () -> {
            NDArray matrix = gradient(step, 0, MATRIX).mul(parameters.get(0).value()).sum();
            NDArray bias = gradient(step, 6, BIAS).mul(parameters.get(1).value()).sum();
            gradients.add(matrix.add(bias));
            return matrix;
          });
      TorchEngine.recording(
          false,
          () -> {
            adam.descend(gradients, new LearningRates(rate, 0), 1);
            return parameters.get(0).value();
          });
    }
  }

  private NDArray gradient(int step, int firstPlace, Shape shape) {
    double[] values =
        IntStream.range(firstPlace, firstPlace + (int) shape.size())
            .mapToDouble(place -> Math.cos(0.7 * step + 1.3 * place) * (1 + place % 3))
            .toArray();
    return manager.create(values, shape);
  }

  private NDArray firstMatrix() {
    return manager.create(new double[] {-1, -0.6, -0.2, 0.2, 0.6, 1}, MATRIX);
  }

  private NDArray firstBias() {
    return manager.create(new double[] {0.5, 0.75, 1}, BIAS);
  }

  private static List<Parameter> parameters(NDArray matrix, NDArray bias) {
    return WeightGroups.inGroups(
        List.of(
            new Parameter(
                "matrix", matrix, Parameter.Kind.MATRIX, NetworkPart.HEADS, Parameter.BEHIND),
            new Parameter("bias", bias, Parameter.Kind.BIAS, NetworkPart.HEADS, Parameter.BEHIND)));
  }

  private Weights.Source atRest() {
    return (name, shape, kind) -> manager.zeros(shape, DataType.FLOAT64);
  }

  private static OptimizerConfig config() {
    double decay = reference.get("decay").asDouble();
    return new OptimizerConfig(0.9, decay, 0, Lookahead.OFF, Freeze.NOTHING, Kind.ADAM);
  }

  private static void assertClose(NDArray actual, JsonNode expected) {
    double[] values = actual.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isCloseTo(expected.get(i).asDouble(), within(1e-13));
    }
  }
}
