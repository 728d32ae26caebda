package io.radstream.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
@EnabledOnOs(OS.LINUX)
class SpareTimersTest {

  private static final int SCHED_OTHER = 0;

  /** Fields of proc(5) behind the name, which may hold spaces. */
  private static final int POLICY = 38;

  private static int policyOfThisThread() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[POLICY]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldLeaveTimeoutsToTheOthers() {
    CompletableFuture<Integer> policy = new CompletableFuture<>();

    SpareTime.thread(
            "spare",
            () ->
                CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(() -> policy.complete(policyOfThisThread())))
        .start();

    assertThat(policy.join()).isEqualTo(SCHED_OTHER);
  }
}
