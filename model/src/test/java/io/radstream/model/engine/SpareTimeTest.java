package io.radstream.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SpareTimeTest {

  /** As sched(7) numbers them. */
  private static final String IDLE = "5";

  /** Of proc_pid_stat(5), counted from behind the name. */
  private static final int POLICY = 38;

  private static String policyOfCaller() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[POLICY];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldHaveTheThreadAndThoseThatItStartsGiveWay() {
    CompletableFuture<String> own = new CompletableFuture<>();
    CompletableFuture<String> started = new CompletableFuture<>();
    Thread thread =
        SpareTime.thread(
            "spare",
            () -> {
              own.complete(policyOfCaller());
              new Thread(() -> started.complete(policyOfCaller())).start();
            });

    thread.start();

    assertThat(own.join()).isEqualTo(IDLE);
    assertThat(started.join()).isEqualTo(IDLE);
    assertThat(thread.isDaemon()).isTrue();
    assertThat(policyOfCaller()).isNotEqualTo(IDLE);
  }

  /** Java begins its thread for timeouts with whoever needs it first. */
  @Test
  void shouldLeaveTimeoutsToTheOthers() {
    CompletableFuture<String> policy = new CompletableFuture<>();

    SpareTime.thread(
            "spare",
            () ->
                CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(() -> policy.complete(policyOfCaller())))
        .start();

    assertThat(policy.join()).isNotEqualTo(IDLE);
  }
}
