package io.radstream.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.model.config.ModelConfig.ImageEncoderKind;
import io.radstream.model.config.ModelConfig.Recurrence;
import io.radstream.model.config.ModelConfig.Residual;
import io.radstream.model.config.ModelVariant;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.OptimizerConfig.Freeze;
import io.radstream.model.config.OptimizerConfig.Lookahead;
import io.radstream.model.config.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunConfigReaderTest {

  private static final RunConfig PRESET = RunPreset.TINY.config("line", 100);

  @TempDir private Path directory;

  @Test
  void shouldTakeThePresetWhereNothingIsSaid() {
    assertThat(new RunConfigReader().read(PRESET, Optional.empty(), List.of())).isEqualTo(PRESET);
  }

  @Test
  void shouldLetTheFileWinOverThePresetAndTheOverrideOverTheFile() throws IOException {
    Path file =
        file(
            """
            batch: 8
            schedule:
              steps: 70
              radiographRate: 1e-4
            augmentation: {flip: false}
            model: {report: {layers: 2}}
            """);

    RunConfig config =
        new RunConfigReader()
            .read(PRESET, Optional.of(file), List.of("schedule.steps=90", "line=other"));

    assertThat(config.batch()).isEqualTo(8);
    assertThat(config.line()).isEqualTo("other");
    Schedule preset = PRESET.schedule();
    assertThat(config.schedule())
        .isEqualTo(new Schedule(preset.shape(), 1e-4, preset.textRate(), preset.warmup(), 90));
    assertThat(config.augmentation().flip()).isFalse();
    assertThat(config.augmentation().crop()).isTrue();
    assertThat(config.model().report().layers()).isEqualTo(2);
  }

  @Test
  void shouldTakeAnEmptyFile() throws IOException {
    assertThat(new RunConfigReader().read(PRESET, Optional.of(file("")), List.of()))
        .isEqualTo(PRESET);
  }

  @Test
  void shouldReadSeveralSources() throws IOException {
    Path file = file("sources: [{name: north, topicPrefix: north.}, {name: south, weight: 2}]");

    RunConfig config = new RunConfigReader().read(PRESET, Optional.of(file), List.of());

    assertThat(config.sources())
        .containsExactly(
            new SourceConfig("north", 1, "north.", ""), new SourceConfig("south", 2, "", ""));
  }

  @Test
  void shouldNameAnUnknownKeyAndThoseThatThereAre() throws IOException {
    Path file = file("schedule: {step: 3}");

    assertThatThrownBy(() -> new RunConfigReader().read(PRESET, Optional.of(file), List.of()))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(
            "unknown configuration key schedule.step; possible keys: shape, radiographRate, textRate, warmup, steps");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schedule.steps=many    | wrong value for configuration key schedule.steps: \"many\" is not a whole number",
        "schedule.steps=1.5     | wrong value for configuration key schedule.steps: 1.5 is not a whole number",
        "batch=99999999999      | wrong value for configuration key batch: 99999999999 is not a whole number",
        "augmentation.flip=3    | wrong value for configuration key augmentation.flip: 3 is not true or false",
        "optimizer.momentum=no  | wrong value for configuration key optimizer.momentum",
        "optimizer.momentum=Infinity| wrong value for configuration key optimizer.momentum",
        "schedule=3             | schedule is a section; possible keys: shape, radiographRate",
        "batch.size=3           | batch is a single value; there is no batch.size",
        "nothing.at.all=3       | unknown configuration key nothing; possible keys: line, seed",
        "batch                  | expected key.path=value, found: batch",
        "batch=1                | configuration value out of range: batch (at least 2",
        "compute.shards=64      | configuration value out of range: batch (as many studies in each of 64 shards)",
        "compute.shards=3       | configuration value out of range: compute.shards (a power of two)",
        "schedule.steps=0       | configuration value out of range: schedule.steps",
        "line=a/b               | configuration value out of range: line",
        "compute.precision=half | wrong value for configuration key compute.precision: \"half\" is none of float32, bfloat16, float16",
        "compute.precision=1    | wrong value for configuration key compute.precision: \"1\" is none of float32, bfloat16, float16",
        "compute.precision=''   | wrong value for configuration key compute.precision: \"\" is none of float32, bfloat16, float16",
        "compute.precision=     | wrong value for configuration key compute.precision:  is not a name",
        "model.radiograph.recurrence=off| wrong value for configuration key model.radiograph.recurrence: \"false\" is none of concatenated, added, none",
        "model.findings=effusion| wrong value for configuration key model.findings: \"effusion\" is not a list, as [one, other]",
        "model.findings=[[a], b]| wrong value for configuration key model.findings: [\"a\"] is not a name",
        "model.findings=[a, b]  | configuration value out of range: model.findings (needed if, and only if, model.objectives.labels is above 0)",
        "model.temperature=1    | unknown configuration key model.temperature; possible keys: radiograph, fusion, report, text, objectives, findings",
        "sources=[{name: a, weigth: 2}]| unknown configuration key sources.weigth; possible keys: name, weight, topicPrefix, kafkaConfig",
        "sources=[{name: a}, {name: a}]| configuration value out of range: sources (each name once)",
        "sources=[north]        | sources is a section; possible keys: name",
        "follow.replayRatio=1   | configuration value out of range: follow.replayRatio",
        "model.radiograph.encoder=cnn| wrong value for configuration key model.radiograph.encoder: \"cnn\" is none of transformer, convolutional",
        "model.radiograph.residual.blocks=[2, x]| wrong value for configuration key model.radiograph.residual.blocks: \"x\" is not a whole number",
        "model.radiograph.residual.blocks=[2, 0]| configuration value out of range: model.radiograph.residual.blocks (1 to 6 stages of at least 1 block) = [2, 0]",
        "model.radiograph.residual.blocks=[]| configuration value out of range: model.radiograph.residual.blocks",
        "model.radiograph.residual.blocks=3| wrong value for configuration key model.radiograph.residual.blocks: 3 is not a list",
        "model.radiograph.residual.width=0| configuration value out of range: model.radiograph.residual.width",
        "model.radiograph.heads=5| configuration value out of range: model.radiograph.heads (must divide width) = 5",
      })
  void shouldNameAWrongSetting(String override, String message) {
    assertThatThrownBy(
            () -> new RunConfigReader().read(PRESET, Optional.empty(), List.of(override)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bfloat16", "BFLOAT16", "BFloat16"})
  void shouldTakeAChoiceInWhateverCase(String precision) {
    RunConfig config =
        new RunConfigReader()
            .read(
                PRESET,
                Optional.empty(),
                List.of("compute.precision=" + precision, "model.radiograph.recurrence=none"));

    assertThat(config.compute().precision()).isEqualTo(Precision.BFLOAT16);
    assertThat(config.model().radiograph().recurrence()).isEqualTo(Recurrence.NONE);
  }

  @Test
  void shouldTakeAResidualNetworkInPlaceOfTheTransformer() {
    RunConfig config =
        new RunConfigReader()
            .read(
                PRESET,
                Optional.empty(),
                List.of(
                    "model.radiograph.encoder=convolutional",
                    "model.radiograph.residual.blocks=[3, 4, 6, 3]",
                    "model.radiograph.residual.bottleneck=true"));

    assertThat(config.model().radiograph().encoder()).isEqualTo(ImageEncoderKind.CONVOLUTIONAL);
    assertThat(config.model().radiograph().residual())
        .isEqualTo(
            new Residual(
                List.of(3, 4, 6, 3), true, PRESET.model().radiograph().residual().width()));
    assertThat(RunConfig.fromJson(config.toJson())).isEqualTo(config);
  }

  @Test
  void shouldTakeAListFromTheFileAndFromAnOverride() throws IOException {
    Path file = file("model: {objectives: {labels: 1}, findings: [effusion, 7]}");

    RunConfig fromFile = new RunConfigReader().read(PRESET, Optional.of(file), List.of());
    RunConfig overridden =
        new RunConfigReader()
            .read(PRESET, Optional.of(file), List.of("model.findings=[nodule, effusion]"));

    assertThat(fromFile.model().findings()).containsExactly("effusion", "7");
    assertThat(overridden.model().findings()).containsExactly("nodule", "effusion");
  }

  @Test
  void shouldRefuseAFindingThatIsThereTwice() {
    List<String> twice = List.of("model.objectives.labels=1", "model.findings=[a, a]");

    assertThatThrownBy(() -> new RunConfigReader().read(PRESET, Optional.empty(), twice))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("model.findings (names, each once) = [a, a]");
  }

  @Test
  void shouldNameAFileThatIsNotYaml() throws IOException {
    Path file = file("a: [");

    assertThatThrownBy(() -> new RunConfigReader().read(PRESET, Optional.of(file), List.of()))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("run.yaml is not YAML");
  }

  @ParameterizedTest
  @EnumSource(RunPreset.class)
  void shouldReadBackWhatACheckpointCarries(RunPreset preset) {
    for (ModelVariant variant : ModelVariant.values()) {
      RunConfig config = preset.config("line", variant, 8000, 30_522);

      assertThat(RunConfig.fromJson(config.toJson())).isEqualTo(config);
    }
  }

  @ParameterizedTest
  @CsvSource({"TINY, 1, 1", "SMALL, 10, 3", "BASE, 10, 6"})
  void shouldOptimizeTheReleasedVariantAsItsAuthorsDid(
      RunPreset preset, double maxGradientNorm, int frozenLayers) {
    RunConfig config = preset.config("line", ModelVariant.RELEASED, 8000, 30_522);

    assertThat(config.optimizer())
        .isEqualTo(
            new OptimizerConfig(
                0.9, 1e-4, maxGradientNorm, new Lookahead(5, 0.5), new Freeze(0, frozenLayers)));
    assertThat(config.model().report().vocabulary()).isEqualTo(8000);
    assertThat(config.model().text().vocabulary()).isEqualTo(30_522);
    assertThat(config.model().objectives().studyToReport()).isEqualTo(0.75);
  }

  @Test
  void shouldRefuseJsonThatLacksASetting() {
    assertThatThrownBy(() -> RunConfig.fromJson("{\"line\": \"a\"}"))
        .isInstanceOf(InvalidConfigException.class);
  }

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("run.yaml"), content);
  }
}
