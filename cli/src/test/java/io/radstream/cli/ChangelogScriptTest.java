package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a release makes of the files in {@code changes}. */
class ChangelogScriptTest {

  @TempDir private Path directory;
  private Path page;
  private Path changes;

  @BeforeEach
  void copyTheScript() throws IOException {
    Path script = directory.resolve("cli/distribution/changelog");
    Files.createDirectories(script.getParent());
    Files.copy(ProjectFiles.path("cli/distribution/changelog"), script);
    changes = Files.createDirectories(directory.resolve("changes"));
    page = directory.resolve("CHANGELOG.md");
    change("README", "How to write one.");
  }

  @Test
  void shouldGatherEachFileOnceAndDeleteIt() throws Exception {
    change("tls", "TLS. [How](../docs/tls.md).");
    change("adam", "Adam.\nIn two lines.");

    Outcome outcome = changelog("0.1.0", "2026-12-01");

    assertThat(outcome.exitCode()).describedAs(outcome.said()).isZero();
    assertThat(page)
        .content()
        .endsWith(
            """

            ## 0.1.0 (2026-12-01)

            - Adam.
              In two lines.
            - TLS. [How](docs/tls.md).
            """);
    assertThat(changes).isDirectoryNotContaining("glob:**/{tls,adam}.md");
    assertThat(changes.resolve("README.md")).exists();
  }

  @Test
  void shouldPutTheNewestOnTopAndLeaveTheOthersAsTheyAre() throws Exception {
    change("adam", "Adam.");
    changelog("0.1.0", "2026-12-01");
    change("tls", "TLS.");

    changelog("0.1.1", "2026-12-24");

    assertThat(Files.readAllLines(page).stream().filter(line -> line.startsWith("#")))
        .containsExactly("# Changelog", "## 0.1.1 (2026-12-24)", "## 0.1.0 (2026-12-01)");
    assertThat(changelog("--show", "0.1.0").said().strip()).isEqualTo("- Adam.");
    assertThat(changelog("--show", "0.1.1").said().strip()).isEqualTo("- TLS.");
  }

  @Test
  void shouldLoseNothingWhereItIsCalledWrongly() throws Exception {
    change("adam", "Adam.");
    changelog("0.1.0", "2026-12-01");
    change("tls", "TLS.");
    String before = Files.readString(page);

    Stream<Outcome> outcomes =
        Stream.of(
            changelog("0.1.0", "2026-12-24"),
            changelog("next", "2026-12-24"),
            changelog("0.1.1", "tomorrow"),
            changelog("--show", "0.1.1"));

    assertThat(outcomes)
        .allSatisfy(
            outcome -> {
              assertThat(outcome.exitCode()).isEqualTo(1);
              assertThat(outcome.said()).startsWith("changelog: ");
            });
    assertThat(page).hasContent(before);
    assertThat(changes.resolve("tls.md")).exists();
  }

  private void change(String name, String text) throws IOException {
    Files.writeString(changes.resolve(name + ".md"), text + "\n");
  }

  private record Outcome(int exitCode, String said) {}

  private Outcome changelog(String... arguments) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of("sh", directory.resolve("cli/distribution/changelog").toString()),
                Stream.of(arguments))
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), said);
  }
}
