package io.radstream.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.engine.TorchScript;
import io.radstream.model.weights.Parameter;
import io.radstream.model.weights.Parameter.Kind;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SgdTest {

  private static final LearningRates RATES = new LearningRates(0.25, 0.5);

  private NDManager manager;
  private TorchScript script;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void open() {
    manager = ComputeDevice.best().newManager();
    script = TorchScript.fused(manager);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @CsvSource({"RADIOGRAPH, 0.75", "FUSION, 0.75", "HEADS, 0.75", "REPORT, 0.5", "TEXT, 0.5"})
  void shouldMoveAWeightAtTheRateOfItsPartWhateverItsName(NetworkPart part, float expected) {
    NDArray weight = manager.create(new float[] {1});
    List<Parameter> parameters =
        List.of(new Parameter("new.kind.of.layer", weight, Kind.MATRIX, part, Parameter.BEHIND));
    LearningWeights learning = new LearningWeights(script, parameters, List.of());
    Sgd sgd =
        new Sgd(
            new OptimizerConfig(0, 0, 0),
            script,
            parameters,
            (name, shape, kind) -> manager.zeros(shape));
    try (NDManager scratch = manager.newSubManager();
        Gradients gradients = new Gradients(learning, script, scratch, 1)) {
      TorchEngine.recording(
          true,
          () -> {
            weight.attach(scratch);
            gradients.add(weight.sum());
            weight.attach(manager);
            return weight;
          });

      TorchEngine.recording(
          false,
          () -> {
            sgd.descend(gradients, RATES, 1);
            return weight;
          });
    }

    assertThat(weight.toFloatArray()).containsExactly(expected);
  }
}
