package io.radstream.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.model.config.ModelConfig.ImageEncoderKind;
import io.radstream.model.config.OptimizerConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FineTuningTest {

  /** Section 4.2 of the paper. */
  @ParameterizedTest
  @CsvSource({"TRANSFORMER, SGD, 3e-3, 1e-4", "CONVOLUTIONAL, ADAM, 1e-4, 0"})
  void shouldDescendAsThePaperDoesWithEachEncoder(
      ImageEncoderKind encoder, OptimizerConfig.Kind kind, double rate, double weightDecay) {
    RunConfig pretrained =
        new RunConfigReader()
            .read(
                RunPreset.TINY.config("line", 100),
                Optional.empty(),
                List.of("model.radiograph.encoder=" + encoder));

    RunConfig config = FineTuning.of(pretrained, Path.of("1"), List.of("effusion"), "probe");

    assertThat(config.optimizer().kind()).isEqualTo(kind);
    assertThat(config.optimizer().weightDecay()).isEqualTo(weightDecay);
    assertThat(config.schedule().radiographRate()).isEqualTo(rate);
    assertThat(config.schedule().textRate()).isEqualTo(rate);
    assertThat(config.batch()).isEqualTo(128);
  }
}
