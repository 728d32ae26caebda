package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.cli.ranks.RankGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GracefulStopTest {

  /** Works until it is asked to stop; then ends, once it is told so, or never does. */
  static final class Work {

    private Work() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
      CountDownLatch stop = new CountDownLatch(1);
      GracefulStop.during(
          () -> {
            System.out.println("working");
            stop.await();
            System.out.println("stopping");
            if (arguments[0].equals("endless")) {
              new CountDownLatch(1).await();
            }
            if (arguments[0].equals("told")) {
              System.in.read();
            }
            System.out.println("tidied up");
          },
          stop::countDown);
    }
  }

  @Test
  void shouldTidyUpAtTheFirstSignal() throws Exception {
    Process process = start("finite");
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("working");

      CommandProcess.terminate(process);

      assertThat(out.lines()).containsExactly("stopping", "tidied up");
      assertThat(process.waitFor()).isEqualTo(CommandProcess.TERMINATED);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void shouldEndAtTheSecondSignal() throws Exception {
    Process process = start("endless");
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("working");
      CommandProcess.terminate(process);
      assertThat(out.readLine()).isEqualTo("stopping");

      CommandProcess.terminateAgain(process);

      assertThat(out.lines()).isEmpty();
      assertThat(process.waitFor()).isEqualTo(CommandProcess.TERMINATED);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void shouldTakeASignalThatIsPassedOnForTheFirst() throws Exception {
    ProcessBuilder command = command("told");
    command.environment().put(RankGroup.PASSES_ON_STOPS, "true");
    Process process = command.start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("working");
      CommandProcess.terminate(process);
      assertThat(out.readLine()).isEqualTo("stopping");
      // Until a second one counts as such.
      assertThat(process.waitFor(700, TimeUnit.MILLISECONDS)).isFalse();

      CommandProcess.terminate(process);

      assertThat(process.waitFor(1, TimeUnit.SECONDS)).isFalse();
      process.outputWriter().close();
      assertThat(out.lines()).containsExactly("tidied up");
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(String how) throws IOException {
    return command(how).start();
  }

  private static ProcessBuilder command(String how) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            List.of(java, "-cp", System.getProperty("java.class.path"), Work.class.getName(), how))
        .redirectError(Redirect.DISCARD);
  }
}
