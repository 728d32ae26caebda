package io.radstream.model.measure;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.radstream.model.SmallNetworks;
import io.radstream.model.config.Activation;
import io.radstream.model.config.ImageComparison;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.ImageEncoderKind;
import io.radstream.model.config.ModelConfig.PatchPositions;
import io.radstream.model.config.ModelConfig.Radiograph;
import io.radstream.model.config.ModelConfig.Recurrence;
import io.radstream.model.config.ModelConfig.Residual;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.ModelVariant;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Restoration;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.measure.Footprint.Part;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.weights.SeededWeights;
import java.util.List;
import java.util.stream.Stream;
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

  /**
   * Weights of torchvision's ResNet-18, -50 and -101 without their classifiers (11,689,512,
   * 25,557,032 and 44,549,160, less 1000 classes) and with one channel for three; the operations as
   * published for them (1,814,073,344, 4,089,184,256 and 7,801,405,440 multiplications of a
   * picture), less the same.
   */
  @ParameterizedTest
  @CsvSource({
    "2 2 2 2, false, 11170240, 3469770752",
    "3 4 6 3, true, 23501760, 8016920576",
    "3 4 23 3, true, 42493888, 15441362944"
  })
  void shouldCountResidualNetworks(String blocks, boolean bottleneck, long weights, long flops) {
    ModelConfig base = ModelPreset.BASE.config(1_000);
    List<Integer> stages = Stream.of(blocks.split(" ")).map(Integer::valueOf).toList();
    ModelConfig config =
        new ModelConfig(
            base.radiograph()
                .with(ImageEncoderKind.CONVOLUTIONAL, new Residual(stages, bottleneck, 64)),
            base.fusion(),
            base.report(),
            base.text(),
            base.objectives(),
            base.findings());

    Part part = Footprint.of(config).parts().get(0);

    assertThat(part.name()).isEqualTo("residual network");
    assertThat(part.parameters()).isEqualTo(weights);
    assertThat(part.flops()).isEqualTo(3 * flops);
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

  /** Twelve pictures of a study go through an encoder, six of them without a way back. */
  @Test
  void shouldCountTheComparisonOfPictures() {
    ImageComparison settings = new ImageComparison(1, 8, 40, 0.9, 0.2);
    ModelConfig paper = SmallNetworks.paper(0);
    long encoder = Footprint.of(paper).parts().get(0).flops() / 3;
    long projection = 2 * 24 * 8;
    long keys = 2 * 8 * 40;

    Footprint footprint = Footprint.of(comparing(paper, settings));

    assertThat(footprint.parts())
        .extracting(Part::name)
        .containsExactly("radiograph transformer", "view fusion", "objectives' own");
    assertThat(footprint.parts().get(2).parameters()).isEqualTo(24 * 8 + 8);
    assertThat(footprint.forwardFlops()).isEqualTo(12 * (encoder + projection) + 9 * keys);
    assertThat(footprint.trainingFlops())
        .isEqualTo(3 * (6 * (encoder + projection) + 9 * keys) + 6 * (encoder + projection));
  }

  /** Its weights would take terabytes, and so would a copy of them, or the keys. */
  @Test
  void shouldTakeNoRoomForANetworkOfAnySize() {
    int width = 1 << 21;
    ModelConfig paper = SmallNetworks.paper(0);
    ModelConfig config =
        new ModelConfig(
            new Radiograph(
                32,
                8,
                width,
                1,
                2,
                width,
                Activation.RELU,
                PatchPositions.CONCATENATED,
                Recurrence.CONCATENATED),
            paper.fusion(),
            paper.report(),
            paper.text(),
            paper.objectives(),
            paper.findings());

    Footprint footprint =
        Footprint.of(comparing(config, new ImageComparison(1, width, 1 << 24, 0.9, 0.2)));

    assertThat(footprint.stateBytes()).isGreaterThan(100L << 40);
  }

  private static ModelConfig comparing(ModelConfig config, ImageComparison settings) {
    Objectives comparing =
        new Objectives(0, 0, 0, 0.1, 1, Objectives.LanguageMean.REPORT, Restoration.NONE, settings);
    return SmallNetworks.with(config, comparing, config.findings());
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
