package io.radstream.model.measure;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.radstream.model.SmallNetworks;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.ModelVariant;
import io.radstream.model.config.Objectives;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.measure.Footprint.Part;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.weights.SeededWeights;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FootprintTest {

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  /** As counted by PyTorch's FlopCounterMode over the program in benchmarks/reference. */
  @ParameterizedTest
  @CsvSource({"PAPER,183610496", "RELEASED,181512960"})
  void shouldCountTheOperationsThatTheReferenceCounts(ModelVariant variant, long counted) {
    ModelConfig config = ModelPreset.TINY.config(variant, 10_000, 28_996);

    Footprint footprint = Footprint.of(config, 64, 63);

    // The reference computes the logits behind the end token too.
    long lastLogits = 2L * config.report().width() * config.report().vocabulary();
    assertThat(footprint.forwardFlops() + lastLogits).isEqualTo(counted);
    assertThat(footprint.trainingFlops()).isEqualTo(3 * footprint.forwardFlops());
  }

  @Test
  void shouldCountEveryWeight() {
    ModelConfig config = SmallNetworks.paper(0);
    try (NDManager manager = ComputeDevice.best().newManager()) {
      RefersNetwork network =
          RefersNetwork.of(
              manager,
              config,
              ObjectiveList.parts(config),
              new SeededWeights(manager, 1),
              new Arithmetic.Plain());

      Footprint footprint = Footprint.of(config);

      assertThat(footprint.parameters())
          .isEqualTo(
              network.weights().parameters().stream()
                  .mapToLong(parameter -> parameter.value().size())
                  .sum());
    }
  }

  @Test
  void shouldLeaveOutWhatNoObjectiveNeeds() {
    ModelConfig paper = SmallNetworks.paper(0);
    Objectives contrastive = new Objectives(1, 0, 0, 0.1, 1, Objectives.LanguageMean.REPORT);

    Footprint footprint = Footprint.of(SmallNetworks.with(paper, contrastive, paper.findings()));

    assertThat(footprint.parts())
        .extracting(Part::name)
        .containsExactly("radiograph transformer", "view fusion", "report encoder");
  }
}
