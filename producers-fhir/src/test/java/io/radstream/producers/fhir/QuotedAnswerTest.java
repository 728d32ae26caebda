package io.radstream.producers.fhir;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.radstream.producers.access.Credentials;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
  void shouldLogNothingOfWhatTheServerSaid() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answered =
          CompletableFuture.runAsync(() -> answer(server, "HTTP/1.1 MUELLER HANS\r\n\r\n"));

      int searched = searchOnce(server.getLocalPort());

      answered.orTimeout(60, TimeUnit.SECONDS).join();
      assertThat(searched).isEqualTo(-1);
    }
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .anyMatch(it -> it.contains("the server cannot be asked"))
        .noneMatch(it -> it.contains("MUELLER"));
  }

  private static void answer(ServerSocket server, String text) {
    try (Socket client = server.accept()) {
      byte[] request = new byte[4096];
      assertThat(client.getInputStream().read(request)).isPositive();
      client.getOutputStream().write(text.getBytes(US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int searchOnce(int port) throws InterruptedException {
    BlockingQueue<Integer> searches = new LinkedBlockingQueue<>();
    FhirEndpoint endpoint =
        new FhirEndpoint(
            URI.create("http://127.0.0.1:" + port + "/fhir"),
            new Credentials.None(),
            Optional.empty(),
            "",
            Duration.ofHours(1));
    FhirServer fhir =
        new FhirServer(
            endpoint,
            new FhirRules(Optional.empty()),
            new StudyNames(""),
            Pseudonymizer.withKey("sixteen bytes at least"),
            searches::add);
    CompletableFuture<Void> delivery =
        CompletableFuture.runAsync(() -> fhir.deliver(RecordingSink.atOnce()));
    Integer found = searches.poll(60, TimeUnit.SECONDS);
    fhir.close();
    delivery.orTimeout(60, TimeUnit.SECONDS).join();
    return found == null ? 0 : found;
  }
}
