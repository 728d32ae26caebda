package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingArgumentTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "sections, --path",
    "publish jsonl --demo-key --bootstrap=127.0.0.1:1 --registry=http://127.0.0.1:1, --path",
    "topics create, --kafka-config",
    "publish dicomweb --demo-key --url=http://127.0.0.1:1 --bootstrap=127.0.0.1:1 --registry=http://127.0.0.1:1, --token-file",
    "report scan.png, --checkpoint",
    "export --out=made, --checkpoint",
  })
  void shouldNameTheOptionWhoseFileOrDirectoryIsNotThere(String command, String option) {
    Path missing = directory.resolve("absent");

    Invocation invocation = Invocation.of((command + " " + option + "=" + missing).split(" ", -1));

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains(option + ": no such file: " + missing + "\n");
  }

  @Test
  void shouldFindTheFileInAPartOfAValue() {
    Path missing = directory.resolve("absent.yaml");

    Invocation invocation =
        Invocation.of(
            "serve",
            "--bootstrap=127.0.0.1:1",
            "--registry=http://127.0.0.1:1",
            "--model=night=" + missing);

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("--model: no such file: " + missing + "\n");
  }

  @Test
  void shouldNotBlameAnOptionForAFileThatIsMissingInADirectoryThatIsThere() {
    Invocation invocation =
        Invocation.of("export", "--checkpoint=" + directory, "--out=" + directory.resolve("made"));

    assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(invocation.err()).contains("radstream: no such file: ");
  }
}
