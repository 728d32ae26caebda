package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ClusterCommandTest {

  private static final Pattern NAMED =
      Pattern.compile("export RADSTREAM_BOOTSTRAP=(\\S+) RADSTREAM_REGISTRY=(\\S+)");

  @TempDir private Path folder;

  @Test
  @Timeout(120) // a hang must fail, not stall the build
  void shouldOpenTopicsForOtherCommandsUntilStopped() throws Exception {
    PipedWriter written = new PipedWriter();
    CommandLine line = Radstream.commandLine();
    line.setOut(new PrintWriter(written));
    try (BufferedReader out = new BufferedReader(new PipedReader(written))) {
      Thread cluster =
          new Thread(
              () ->
                  line.execute(
                      "cluster", folder.toString(), "--broker-port=0", "--registry-port=0"));
      cluster.start();

      Matcher named = NAMED.matcher(out.readLine());
      assertThat(named.matches()).isTrue();
      Invocation topics =
          Invocation.of(
              "topics", "list", "--bootstrap=" + named.group(1), "--registry=" + named.group(2));
      cluster.interrupt();
      cluster.join();

      assertThat(topics.exitCode()).describedAs(topics.err()).isEqualTo(Radstream.DONE);
      assertThat(topics.out()).contains("training.ledger");
      assertThat(folder.resolve("registry/registry.pid")).doesNotExist();
    }
  }

  @Test
  void shouldRefuseWhatIsNoPort() {
    Invocation refused = Invocation.of("cluster", folder.toString(), "--broker-port=70000");

    assertThat(refused.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(refused.err()).contains("no such port: 70000");
  }
}
