package io.radstream.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OwnedCommandTest {

  /** Starts a child, tells its pid and stays. */
  static final class Owner {

    private Owner() {}

    public static void main(String[] args) throws IOException, InterruptedException {
      Process child = new ProcessBuilder(OwnedCommand.of(List.of(args))).start();
      System.out.println(child.pid());
      child.waitFor();
    }
  }

  @Test
  void shouldEndTheChildOfAnOwnerThatIsKilled() throws Exception {
    assertThat(endOfAChild("sleep", "600")).isFalse();
  }

  @Test
  void shouldHaveTheExitCodeOfTheCommand() throws Exception {
    Process child = new ProcessBuilder(OwnedCommand.of(List.of("sh", "-c", "exit 7"))).start();

    int exitCode = child.waitFor();

    assertThat(exitCode).isEqualTo(7);
  }

  private static boolean endOfAChild(String... child) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Owner.class.getName()));
    command.addAll(List.of(child));
    Process owner =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader said = owner.inputReader(StandardCharsets.UTF_8)) {
      ProcessHandle handle = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
      assertThat(handle.isAlive()).isTrue();
      owner.destroyForcibly();
      return handle.onExit().get(1, TimeUnit.MINUTES).isAlive();
    } finally {
      owner.destroyForcibly();
    }
  }
}
