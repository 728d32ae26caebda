package io.radstream.cli.pacs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.demo.TrainerProcess;
import io.radstream.schemas.KafkaConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The command as it was built, started as a site starts it. */
final class Installed {

  /** Of a Java that tidied up after SIGTERM. */
  private static final int TERMINATED = 128 + 15;

  private static final Path LAUNCHER = Path.of("").toAbsolutePath().resolveSibling("radstream");
  private static final String JVM = "-Xmx768m -XX:TieredStopAtLevel=1 -XX:-UsePerfData";

  private final KafkaConnection cluster;
  private final Path logs;
  private int started;

  Installed(KafkaConnection cluster, Path logs) {
    this.cluster = cluster;
    this.logs = logs;
  }

  /** Logs in every detail. */
  TrainerProcess start(List<String> words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "RADSTREAM_BOOTSTRAP=" + cluster.bootstrap(),
                "RADSTREAM_REGISTRY=" + cluster.registry(),
                "RADSTREAM_JAVA_OPTS=" + JVM,
                LAUNCHER.toString(),
                "--no-build",
                "--verbose"));
    command.addAll(words);
    String name =
        words.stream().takeWhile(word -> !word.startsWith("-")).collect(Collectors.joining("-"));
    return TrainerProcess.start(command, logs.resolve("%02d-%s.log".formatted(++started, name)));
  }

  /** Waits for its end in success. */
  String run(List<String> words) throws IOException, InterruptedException {
    try (TrainerProcess process = start(words)) {
      assertThat(process.exitCode()).as(process.said()).isZero();
      return process.said();
    }
  }

  /** The last line that it says. */
  static JsonNode summary(String said) throws IOException {
    List<String> lines = said.lines().filter(line -> line.startsWith("{")).toList();
    assertThat(lines).as(said).isNotEmpty();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }

  /**
   * Asks it to stop, and waits.
   *
   * @return its summary
   */
  static JsonNode stop(TrainerProcess process) throws IOException, InterruptedException {
    ProcessHandle.of(process.pid()).orElseThrow().destroy();
    assertThat(process.exitCode()).as(process.said()).isEqualTo(TERMINATED);
    return summary(process.said());
  }
}
