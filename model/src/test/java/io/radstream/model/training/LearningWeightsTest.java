package io.radstream.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.engine.TorchScript;
import io.radstream.model.layers.ScriptedArithmetic;
import io.radstream.model.weights.Parameter;
import io.radstream.model.weights.Parameter.Kind;
import io.radstream.model.weights.Weights.Copy;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LearningWeightsTest {

  private final NDManager manager = ComputeDevice.best().newManager();
  private final TorchScript script = TorchScript.fused(manager);
  private final ScriptedArithmetic narrow = ScriptedArithmetic.of(manager, Precision.BFLOAT16);

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void shouldAddUpWhatAWeightAndItsCopyContribute() {
    NDArray weight = manager.create(new float[] {1, 2});
    NDArray copy = narrow.weight(weight);
    LearningWeights learning = learning(List.of(weight), new Copy("0", copy));

    // 3 w² by the weight itself, 4 w by its copy.
    List<float[]> gradients =
        gradients(
            learning,
            scratch ->
                attached(scratch, weight)
                    .mul(weight)
                    .mul(scratch.create(3f))
                    .add(attached(scratch, copy).mul(scratch.create(4f)))
                    .sum());

    assertThat(gradients).containsExactly(new float[] {10, 16});
  }

  @Test
  void shouldGiveTheGradientOfACopyInFloat32() {
    NDArray weight = manager.create(new float[] {1, 2});
    NDArray copy = narrow.weight(weight);
    LearningWeights learning = learning(List.of(weight), new Copy("0", copy));

    List<float[]> gradients =
        gradients(learning, scratch -> attached(scratch, copy).mul(copy).sum());

    assertThat(gradients).containsExactly(new float[] {2, 4});
  }

  @Test
  void shouldGiveZerosForWhatTheLossDoesNotDependOn() {
    NDArray used = manager.create(new float[] {1, 2});
    NDArray unused = manager.create(new float[] {3, 4, 5});
    LearningWeights learning = learning(List.of(unused, used));

    List<float[]> gradients = gradients(learning, scratch -> attached(scratch, used).sum());

    assertThat(gradients).containsExactly(new float[] {0, 0, 0}, new float[] {1, 1});
  }

  @Test
  void shouldGiveEachGradientMemoryOfItsOwn() {
    // Added to each other, both have the very same gradient.
    NDArray left = manager.ones(new Shape(1, 2));
    NDArray right = manager.ones(new Shape(1, 2));
    LearningWeights learning = learning(List.of(left, right));

    try (NDManager scratch = manager.newSubManager();
        IValue found =
            TorchEngine.recording(
                true, () -> learning.gradients(attached(scratch, left).add(right).sum()))) {
      NDArray[] gradients = arrays(found, scratch);
      gradients[0].muli(5);

      assertThat(gradients[1].toFloatArray()).containsExactly(1, 1);
    }
  }

  @Test
  void shouldGiveEachElementMemoryOfItsOwn() {
    NDArray weight = manager.ones(new Shape(3));
    LearningWeights learning = learning(List.of(weight));

    try (NDManager scratch = manager.newSubManager();
        Gradients gradients = new Gradients(learning, script, scratch, 1)) {
      // Of a sum, each is the same 1.
      TorchEngine.recording(
          true,
          () -> {
            gradients.add(attached(scratch, weight).sum());
            return weight;
          });

      NDArray[] scaled = arrays(gradients.scaled(4, 2), scratch);

      assertThat(scaled[0].toFloatArray()).containsExactly(0.5f, 0.5f, 0.5f);
    }
  }

  @Test
  void shouldGiveAGradientAsTheWeightLiesInMemory() {
    NDArray weight = manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3));
    NDArray momentum = manager.zeros(new Shape(2, 3));
    LearningWeights learning = learning(List.of(weight));
    Sgd sgd =
        new Sgd(
            new OptimizerConfig(0.9, 0, 0),
            script,
            List.of(parameter("0", weight)),
            (name, shape, kind) -> momentum);

    try (NDManager scratch = manager.newSubManager();
        Gradients gradients = new Gradients(learning, script, scratch, 1)) {
      NDArray factors = scratch.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(3, 2));
      TorchEngine.recording(
          true,
          () -> {
            gradients.add(attached(scratch, weight).transpose().mul(factors).sum());
            return weight;
          });
      TorchEngine.recording(
          false,
          () -> {
            sgd.descend(gradients, new LearningRates(1, 1), 1);
            return weight;
          });
    }

    assertThat(weight.toFloatArray()).containsExactly(0, -1, -2, 2, 1, 0);
  }

  @Test
  void shouldBringCopiesUpToDate() {
    NDArray weight = manager.create(new float[] {1, 2});
    NDArray copy = narrow.weight(weight);
    LearningWeights learning = learning(List.of(weight), new Copy("0", copy));

    TorchEngine.recording(
        false,
        () -> {
          weight.muli(2);
          learning.changed();
          return weight;
        });

    try (NDManager scratch = manager.newSubManager()) {
      NDArray wide = scratch.zeros(new Shape(2)).add(copy);
      assertThat(wide.toFloatArray()).containsExactly(2, 4);
    }
  }

  private static Parameter parameter(String name, NDArray weight) {
    return new Parameter(name, weight, Kind.MATRIX, NetworkPart.TEXT, Parameter.BEHIND);
  }

  private LearningWeights learning(List<NDArray> weights, Copy... copies) {
    List<Parameter> parameters =
        weights.stream()
            .map(weight -> parameter(Integer.toString(weights.indexOf(weight)), weight))
            .toList();
    return new LearningWeights(script, parameters, List.of(copies));
  }

  private List<float[]> gradients(LearningWeights learning, Function<NDManager, NDArray> loss) {
    try (NDManager scratch = manager.newSubManager();
        IValue found = TorchEngine.recording(true, () -> learning.gradients(loss.apply(scratch)))) {
      return Arrays.stream(arrays(found, scratch)).map(NDArray::toFloatArray).toList();
    }
  }

  private static NDArray[] arrays(IValue list, NDManager manager) {
    return Arrays.stream(list.toIValueArray())
        .map(value -> value.toTensor((PtNDManager) manager))
        .toArray(PtNDArray[]::new);
  }

  /** The same, but what is made of it belongs to the scratch manager. */
  private static NDArray attached(NDManager scratch, NDArray array) {
    NDArray same = array.reshape(array.getShape());
    same.attach(scratch);
    return same;
  }
}
