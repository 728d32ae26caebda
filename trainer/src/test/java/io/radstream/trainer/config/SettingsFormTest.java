package io.radstream.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.radstream.checkpoints.NewerSettingsException;
import io.radstream.checkpoints.SettingsForm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code forms/N.json} is the preset TINY as the program wrote it when settings had form N. */
class SettingsFormTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  static IntStream forms() {
    return IntStream.rangeClosed(1, SettingsForm.NEWEST);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void shouldOpenEveryFormThatThereWas(int form) throws IOException {
    RunConfig config = RunConfig.fromJson(kept(form));

    assertThat(config.line()).isEqualTo("line");
    assertThat(config.model().report().vocabulary()).isEqualTo(1000);
    assertThat(config.model().text().vocabulary()).isEqualTo(1000);
    assertThat(RunConfig.fromJson(config.toJson())).isEqualTo(config);
    assertThat(RunConfig.sourcesOf(kept(form))).isEmpty();
  }

  @Test
  void shouldKeepWhatTheFirstFormsSaid() throws IOException {
    RunConfig first = RunConfig.fromJson(kept(1));
    RunConfig second = RunConfig.fromJson(kept(2));

    assertThat(first.model().objectives().temperature()).isEqualTo(0.1);
    assertThat(first.model().objectives().language()).isEqualTo(1);
    assertThat(first.model().radiograph().width()).isEqualTo(96);
    assertThat(first.optimizer().maxGradientNorm()).isEqualTo(10);
    assertThat(second.model().objectives().temperature()).isEqualTo(0.05);
    assertThat(second.model().objectives().language()).isEqualTo(0.03125);
    assertThat(second.initial().partial()).isTrue();
  }

  /** Else a run could not go on when Radstream is a newer one. */
  @ParameterizedTest
  @ValueSource(ints = {11, 12, 13, 14})
  void shouldLearnLikeTodaysPresetWhereNothingWasSet(int form) throws IOException {
    RunConfig kept = RunConfig.fromJson(kept(form));

    RunConfig today =
        new RunConfigReader()
            .read(
                RunPreset.TINY.config("line", 1000),
                Optional.empty(),
                List.of("compute.program=EAGER"));
    assertThat(kept.learnsLike(today)).isTrue();
  }

  @Test
  void shouldHaveTodaysFormAsItsNewest() throws IOException {
    String today = RunPreset.TINY.config("line", 1000).toJson();

    assertThat(names(JSON.readTree(kept(SettingsForm.NEWEST))))
        .as(
            "settings that are other than before need an upgrade in SettingsForm and a new file"
                + " forms/%d.json holding%n%s",
            SettingsForm.NEWEST + 1, today)
        .isEqualTo(names(JSON.readTree(today)));
  }

  @Test
  void shouldNameTheVersionThatWroteANewerForm() {
    String newer = "{\"formatVersion\": 99, \"writtenBy\": \"9.1.0\", \"sources\": []}";

    assertThatThrownBy(() -> RunConfig.fromJson(newer))
        .isInstanceOf(InvalidConfigException.class)
        .hasCauseInstanceOf(NewerSettingsException.class)
        .hasMessageContaining("form 99")
        .hasMessageContaining("written by radstream 9.1.0")
        .hasMessageContaining("knows forms up to " + SettingsForm.NEWEST);
  }

  @Test
  void shouldFindTheSourcesOfARunInANewerForm() {
    String newer =
        "{\"formatVersion\": 99, \"line\": {\"now\": \"a section\"}, \"sources\":"
            + " [{\"name\": \"north\", \"weight\": 2, \"topicPrefix\": \"north.\","
            + " \"kafkaConfig\": \"\", \"mood\": \"good\"}]}";

    assertThat(RunConfig.sourcesOf(newer))
        .containsExactly(new SourceConfig("north", 2, "north.", ""));
  }

  @ParameterizedTest
  @MethodSource("noSettings")
  void shouldRefuseWhatIsNoConfiguration(String text) {
    assertThatThrownBy(() -> RunConfig.fromJson(text)).isInstanceOf(InvalidConfigException.class);
  }

  static List<String> noSettings() {
    return List.of(
        "",
        "[]",
        "3",
        "null",
        "{",
        "{\"formatVersion\": 0}",
        "{\"formatVersion\": 1, \"model\": 7}",
        "{\"model\": {\"vocabulary\": {}, \"report\": 1}}");
  }

  @Test
  void shouldTakeACheckpointsSettingsForAFileOfSettings(@TempDir Path directory)
      throws IOException {
    RunConfig config = RunPreset.TINY.config("other", 1000);
    Path file = Files.writeString(directory.resolve("config.json"), config.toJson());

    RunConfig read =
        new RunConfigReader()
            .read(RunPreset.SMALL.config("line", 500), Optional.of(file), List.of("line=line"));

    assertThat(read).isEqualTo(config.withLine("line"));
  }

  private static String kept(int form) throws IOException {
    try (InputStream in =
        SettingsFormTest.class.getResourceAsStream("forms/%d.json".formatted(form))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> names(JsonNode settings) {
    List<String> names = new ArrayList<>();
    settings
        .properties()
        .forEach(
            setting -> {
              names.add(setting.getKey());
              if (setting.getValue() instanceof ObjectNode section) {
                names(section).forEach(below -> names.add(setting.getKey() + "." + below));
              }
            });
    return names;
  }
}
