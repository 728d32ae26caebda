package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelPreset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The pages keep up with the code. */
class DocumentationTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern ANCHOR_LINK = Pattern.compile("\\]\\(([^)#:]*\\.md)?#([^)]+)\\)");
  private static final Pattern CELL_BORDER = Pattern.compile("\\|");
  private static final Pattern COMMAND_ROW = Pattern.compile("(?m)^\\| `([a-z-]+)[ a-z]*` \\|");

  static List<Path> pages() throws IOException {
    return ProjectFiles.pages();
  }

  static Stream<List<String>> commandLines() throws IOException {
    return pages().stream()
        .flatMap(page -> ShellLine.in(ProjectFiles.read(page)).stream())
        .filter(ShellLine::isRadstream)
        .map(line -> line.from(1))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("commandLines")
  void shouldShowOnlyCommandLinesThatTheCommandTakes(List<String> arguments) {
    String[] words = arguments.toArray(String[]::new);
    CommandLine radstream = Radstream.commandLine(words);

    assertThatCode(() -> radstream.parseArgs(words)).doesNotThrowAnyException();
  }

  static Stream<ShellLine> composeRuns() throws IOException {
    return pages().stream()
        .flatMap(page -> ShellLine.in(ProjectFiles.read(page)).stream())
        .filter(line -> line.startsWith("docker", "compose") && line.words().contains("run"));
  }

  @ParameterizedTest
  @MethodSource("composeRuns")
  void shouldRunOnlyServicesThatExistWithCommandLinesThatTheCommandTakes(ShellLine line)
      throws IOException {
    List<String> words = line.from(line.words().indexOf("run") + 1);
    List<String> serviceAndArguments =
        words.stream().dropWhile(word -> word.startsWith("--")).toList();
    CommandLine radstream = Radstream.commandLine();

    assertThat(ComposeFile.read().ownServices().map(Map.Entry::getKey))
        .contains(serviceAndArguments.get(0));
    assertThatCode(
            () -> radstream.parseArgs(serviceAndArguments.stream().skip(1).toArray(String[]::new)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void shouldLinkOnlyToFilesThatExist(Path page) {
    List<String> links =
        LINK.matcher(ProjectFiles.read(page)).results().map(link -> link.group(1)).toList();

    assertThat(links).allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void shouldLinkOnlyToHeadingsThatExist(Path page) {
    String text = ProjectFiles.read(page);

    assertThat(ANCHOR_LINK.matcher(text).results())
        .allSatisfy(
            link -> {
              Path target = link.group(1) == null ? page : page.resolveSibling(link.group(1));
              assertThat(PageAnchors.of(ProjectFiles.read(target)))
                  .as(link.group())
                  .contains(link.group(2));
            });
  }

  @Test
  void shouldListEveryCommandInTheReadme() {
    String readme = ProjectFiles.read(ProjectFiles.path("README.md"));
    String commands =
        readme.substring(readme.indexOf("## Commands"), readme.indexOf("## Your own"));

    List<String> listed = COMMAND_ROW.matcher(commands).results().map(row -> row.group(1)).toList();

    assertThat(listed)
        .containsExactlyInAnyOrderElementsOf(Radstream.commandLine().getSubcommands().keySet());
  }

  /** A row of the table of presets, and what it states. */
  private record PresetRow(String name, Function<ModelConfig, Number> value) {

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<PresetRow> presetRows() {
    return Stream.of(
        new PresetRow("image side, pixels", model -> model.radiograph().imageSize()),
        new PresetRow("patch side, pixels", model -> model.radiograph().patchSize()),
        new PresetRow("radiograph width", model -> model.radiograph().width()),
        new PresetRow("radiograph blocks", model -> model.radiograph().layers()),
        new PresetRow("radiograph heads", model -> model.radiograph().heads()),
        new PresetRow("radiograph perceptron", model -> model.radiograph().mlp()),
        new PresetRow("residual width", model -> model.radiograph().residual().width()),
        new PresetRow("fusion hidden", model -> model.fusion().hidden()),
        new PresetRow("decoder width", model -> model.report().width()),
        new PresetRow("decoder blocks", model -> model.report().layers()),
        new PresetRow("decoder heads", model -> model.report().heads()),
        new PresetRow("decoder perceptron", model -> model.report().mlp()),
        new PresetRow("encoder width", model -> model.text().width()),
        new PresetRow("encoder blocks", model -> model.text().layers()),
        new PresetRow("encoder heads", model -> model.text().heads()),
        new PresetRow("encoder perceptron", model -> model.text().mlp()),
        new PresetRow("longest report, tokens", model -> model.report().maxTokens()),
        new PresetRow("dropout (decoder and encoder)", model -> model.text().dropout()),
        new PresetRow("temperature τ", model -> model.objectives().temperature()));
  }

  @ParameterizedTest
  @MethodSource("presetRows")
  void shouldDescribeThePresetsAsTheyAre(PresetRow row) {
    String page = ProjectFiles.read(ProjectFiles.path("docs/model.md"));

    List<Double> described = cells(page, row.name());

    assertThat(described)
        .containsExactlyElementsOf(
            Arrays.stream(ModelPreset.values())
                .map(preset -> row.value().apply(preset.config(1_000)).doubleValue())
                .toList());
  }

  private static List<Double> cells(String page, String name) {
    return Pattern.compile("(?m)^\\| " + Pattern.quote(name) + " \\|(.*)\\|$")
        .matcher(page)
        .results()
        .flatMap(row -> CELL_BORDER.splitAsStream(row.group(1)))
        .map(cell -> Double.valueOf(cell.strip()))
        .toList();
  }

  @Test
  void shouldHaveAnIndexOfEveryPage() throws IOException {
    String index = ProjectFiles.read(ProjectFiles.path("docs/README.md"));

    try (Stream<Path> pages = Files.list(ProjectFiles.path("docs"))) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .allSatisfy(
              page -> assertThat(page.equals("README.md") || index.contains(page)).isTrue());
    }
  }
}
