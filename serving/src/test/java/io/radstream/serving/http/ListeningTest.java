package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListeningTest {

  /** For documentation only, so that no machine has it. */
  private static final String ELSEWHERE = "192.0.2.1";

  @TempDir private Path store;
  private final Vertx vertx = Vertx.vertx();
  private RunningApi running;

  @BeforeEach
  void start() {
    running = ApiSetup.in(store).start();
  }

  @AfterEach
  void stop() {
    running.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void shouldAskForAnotherPortWhereItIsTaken() {
    assertThatThrownBy(() -> HttpService.start(vertx, running.api, "127.0.0.1", running.port()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("choose another port");
  }

  @Test
  void shouldAskForAnotherAddressWhereItIsNotOfThisMachine() {
    assertThatThrownBy(() -> HttpService.start(vertx, running.api, ELSEWHERE, 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen on 192.0.2.1:0")
        .hasMessageEndingWith("choose an address of this machine, or 0.0.0.0 for all that it has");
  }
}
