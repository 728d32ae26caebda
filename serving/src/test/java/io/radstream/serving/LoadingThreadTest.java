package io.radstream.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LoadingThreadTest {

  /** As sched(7) numbers them. */
  private static final String OTHER = "0";

  private static final String IDLE = "5";

  /** Of proc_pid_stat(5), counted from behind the name. */
  private static final int POLICY = 38;

  private final AtomicBoolean answering = new AtomicBoolean();
  private final LoadingThread thread = new LoadingThread(answering::get);

  @AfterEach
  void stop() {
    thread.shutdownNow();
  }

  @Test
  void shouldGiveWayOnceACheckpointAnswers() throws Exception {
    assertThat(policy()).isEqualTo(OTHER);
    thread.submit(() -> answering.set(true)).get();

    assertThat(policy()).isEqualTo(IDLE);
    assertThat(policy()).isEqualTo(IDLE);
  }

  @Test
  void shouldCompeteWithOtherProgramsWhileNothingAnswers() throws Exception {
    assertThat(policy()).isEqualTo(OTHER);
    assertThat(policy()).isEqualTo(OTHER);
  }

  private String policy() throws Exception {
    String stat = thread.submit(() -> Files.readString(Path.of("/proc/thread-self/stat"))).get();
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[POLICY];
  }
}
