package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.embedded.OwnedCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command itself, broker, registry and all, where letters and numbers are others. */
class ForeignMachineTest {

  /** Small i is no small I in Turkish, and the comma is where others have a point. */
  private static final List<String> TURKISH =
      List.of("-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Asia/Kolkata");

  @Test
  void shouldRunInAnyLanguage(@TempDir Path directory) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(TURKISH);
    command.addAll(CommandProcess.SHORT_LIVED);
    command.addAll(List.of("-Xmx1g", "-Dai.djl.offline=true", "-Djava.awt.headless=true"));
    command.add("-Dradstream.home=" + System.getProperty("radstream.home"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Radstream.class.getName());
    command.addAll(List.of("bench", "feed", "--batch=4", "--studies=20", "--take=8", "--views=1"));
    command.addAll(List.of("--workers=1", "--view-side=32", "--json"));
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");

    int exitCode =
        new ProcessBuilder(OwnedCommand.of(command))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();

    assertThat(exitCode).as(Files.readString(err)).isZero();
    List<String> lines = Files.readAllLines(out);
    JsonNode summary = new ObjectMapper().readTree(lines.get(lines.size() - 1));
    assertThat(summary.isObject()).isTrue();
  }
}
