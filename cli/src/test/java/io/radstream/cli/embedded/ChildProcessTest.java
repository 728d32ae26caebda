package io.radstream.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
