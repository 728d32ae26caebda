package io.radstream.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.TopicNames;
import io.radstream.serving.fleet.Known;
import io.radstream.serving.fleet.ServingPolicy;
import io.radstream.serving.fleet.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts that fail half-way; no broker need be there. */
@Timeout(60)
class FailedStartTest {

  private static final KafkaConnection NOWHERE =
      new KafkaConnection("127.0.0.1:1", "mock://failed-start", new TopicNames(""));

  @TempDir private Path store;
  private final Set<Thread> before = Thread.getAllStackTraces().keySet();

  /** One that cannot begin, as where it is to judge by studies that are not there. */
  private static final class Unprepared implements ServingPolicy {

    private boolean closed;

    @Override
    public void start() {
      throw new IllegalStateException("there is no panel");
    }

    @Override
    public Verdict judge(Known known) {
      return new Verdict.Promote("it is the newest");
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static void start(ServingConfig config) throws IOException {
    ScoringService.start(NOWHERE, config, ComputeDevice.cpu(), InstantSource.system()).close();
  }

  @Test
  void shouldLeaveNothingBehindWhereItsPortIsInUse() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ServingConfig config =
          ServingConfig.of(store).withListen(ListenConfig.DEFAULT.withPort(other.getLocalPort()));

      assertThatThrownBy(() -> start(config)).isInstanceOf(IOException.class);
    }

    awaitEndOfItsThreads();
  }

  @Test
  void shouldLeaveNothingBehindWhereItsPolicyCannotBegin() throws Exception {
    ServingConfig plain = ServingConfig.of(store);
    Unprepared policy = new Unprepared();
    ServingConfig config =
        new ServingConfig(
            new CheckpointStore(store),
            Optional.empty(),
            policy,
            plain.steering(),
            plain.answers(),
            ListenConfig.DEFAULT.withPort(0),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    assertThatThrownBy(() -> start(config)).hasMessage("there is no panel");

    assertThat(policy.closed).isTrue();
    awaitEndOfItsThreads();
  }

  /** All but those that Java and its libraries keep for later. */
  private void awaitEndOfItsThreads() throws InterruptedException {
    Set<Thread> left = new HashSet<>(Thread.getAllStackTraces().keySet());
    left.removeAll(before);
    for (Thread thread : left) {
      if (thread.getName().matches("vert.*|device|watchdog|decisions|announce-live|decode.*")) {
        thread.join();
      }
    }
  }
}
