package io.radstream.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

  private static final List<String> LONG_LIVED = List.of("sleep", "600");

  @TempDir private Path directory;

  @Test
  void shouldEndTheProcessWhenClosed() throws Exception {
    ChildProcess child = ChildProcess.start(LONG_LIVED, directory, "child");
    Optional<ProcessHandle> process = remembered();

    child.close();

    assertThat(process).isPresent().get().matches(handle -> !handle.isAlive());
    assertThat(directory.resolve("child.pid")).doesNotExist();
  }

  @Test
  void shouldEndWhatAKilledOwnerLeftBehind() throws Exception {
    try (ChildProcess orphan = ChildProcess.start(LONG_LIVED, directory, "child")) {
      Optional<ProcessHandle> process = remembered();

      try (ChildProcess next = ChildProcess.start(LONG_LIVED, directory, "child")) {
        assertThat(process).isPresent().get().matches(handle -> !handle.isAlive());
        assertThat(orphan.endsWithin(0)).isTrue();
        assertThat(next.endsWithin(0)).isFalse();
      }
    }
  }

  /** Owns a child, and tidies up for a while after a signal. */
  static final class Owner {

    private Owner() {}

    public static void main(String[] arguments) throws Exception {
      ChildProcess child = ChildProcess.start(LONG_LIVED, Path.of(arguments[0]), "child");
      Thread tidying = new Thread(() -> System.out.println(state(child)));
      Runtime.getRuntime().addShutdownHook(tidying);
      System.out.println("working");
      Thread.currentThread().join();
    }

    private static String state(ChildProcess child) {
      try {
        return child.endsWithin(500) ? "gone" : "there";
      } catch (InterruptedException e) {
        return "interrupted";
      }
    }
  }

  @Test
  void shouldBeThereUntilItsOwnerHasTidiedUp() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process owner =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Owner.class.getName(),
                directory.toString())
            .redirectError(Redirect.DISCARD)
            .start();
    try (BufferedReader out = owner.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("working");
      ProcessHandle child = remembered().orElseThrow();

      owner.toHandle().destroy();

      assertThat(out.readLine()).isEqualTo("there");
      assertThat(child.onExit().get(1, TimeUnit.MINUTES)).matches(handle -> !handle.isAlive());
    } finally {
      owner.destroyForcibly();
    }
  }

  @Test
  void shouldLeaveAProcessAloneThatOnlyHasTheSamePid() throws Exception {
    Process stranger = new ProcessBuilder(LONG_LIVED).start();
    try {
      Files.writeString(directory.resolve("child.pid"), stranger.pid() + " 1999-12-31T23:59:59Z");

      try (ChildProcess child = ChildProcess.start(LONG_LIVED, directory, "child")) {
        assertThat(child.endsWithin(0)).isFalse();
        assertThat(stranger.isAlive()).isTrue();
      }
    } finally {
      stranger.destroy();
    }
  }

  private Optional<ProcessHandle> remembered() throws Exception {
    String pid = Files.readString(directory.resolve("child.pid")).split(" ", 2)[0];
    return ProcessHandle.of(Long.parseLong(pid));
  }
}
