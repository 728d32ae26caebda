package io.radstream.producers.fhir;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.radstream.producers.access.Credentials;
import java.io.IOException;
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
    CompletableFuture<Integer> answered;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      answered =
          CompletableFuture.supplyAsync(
              () -> answer(server, "HTTP/1.1 MUELLER HANS\r\n\r\n"),
              // The only thread of the common pool may be what the client's answer waits for.
              task -> new Thread(task).start());

      failure = catchThrowable(() -> searchOnce(server.getLocalPort()));
    }
    assertThat(answered.orTimeout(60, TimeUnit.SECONDS).join())
        .isGreaterThanOrEqualTo(Searches.LIMITS.tries());
    assertThat(failure).hasMessageContaining("is not HTTP");
    assertThat(Throwables.getStackTrace(failure)).doesNotContain("MUELLER");
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(it -> it.contains("MUELLER"));
  }

  /** As often as it is asked, until it is closed. */
  private static int answer(ServerSocket server, String text) {
    int answers = 0;
    while (true) {
      try (Socket client = server.accept()) {
        byte[] request = new byte[4096];
        assertThat(client.getInputStream().read(request)).isPositive();
        client.getOutputStream().write(text.getBytes(US_ASCII));
        answers++;
      } catch (IOException e) {
        return answers;
      }
    }
  }

  private static void searchOnce(int port) throws InterruptedException {
    URI base = URI.create("http://127.0.0.1:" + port + "/fhir");
    new Searches(base, new Credentials.None(), InstantSource.system(), Searches.LIMITS)
        .run(1, RecordingSink.atOnce());
  }
}
