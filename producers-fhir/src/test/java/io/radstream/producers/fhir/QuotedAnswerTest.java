package io.radstream.producers.fhir;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.radstream.producers.access.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What an answer that is none leaves in the log. */
class QuotedAnswerTest {

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  @BeforeEach
  void listen() {
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void leave() {
    root.detachAppender(log);
  }

  @Test
  void shouldTellNothingOfWhatTheServerSaid() throws Exception {
    Throwable failure;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answered =
          CompletableFuture.runAsync(() -> answer(server, "HTTP/1.1 MUELLER HANS\r\n\r\n"));

      failure = catchThrowable(() -> searchOnce(server.getLocalPort()));

      answered.orTimeout(60, TimeUnit.SECONDS).join();
    }
    assertThat(failure).hasMessageContaining("is not HTTP");
    assertThat(Throwables.getStackTrace(failure)).doesNotContain("MUELLER");
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(it -> it.contains("MUELLER"));
  }

  /** As often as it is asked. */
  private static void answer(ServerSocket server, String text) {
    for (int i = 0; i < Searches.LIMITS.tries(); i++) {
      try (Socket client = server.accept()) {
        byte[] request = new byte[4096];
        assertThat(client.getInputStream().read(request)).isPositive();
        client.getOutputStream().write(text.getBytes(US_ASCII));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void searchOnce(int port) throws InterruptedException {
    URI base = URI.create("http://127.0.0.1:" + port + "/fhir");
    new Searches(base, new Credentials.None(), InstantSource.system(), Searches.LIMITS)
        .run(1, RecordingSink.atOnce());
  }
}
