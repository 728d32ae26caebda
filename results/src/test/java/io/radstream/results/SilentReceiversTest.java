package io.radstream.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.access.Credentials;
import io.radstream.producers.dicom.listen.AeTitle;
import io.radstream.results.destination.Certificate;
import io.radstream.results.destination.Destination;
import io.radstream.results.destination.HttpReceiver;
import io.radstream.results.destination.Outcome;
import io.radstream.results.destination.Results;
import io.radstream.results.destination.Timeouts;
import io.radstream.results.dicom.StoreAddress;
import io.radstream.results.dicom.StoreDestination;
import io.radstream.results.dicom.StowDestination;
import io.radstream.results.fhir.FhirDestination;
import io.radstream.results.fhir.FhirNames;
import io.radstream.results.hl7.MllpAddress;
import io.radstream.results.hl7.MllpDestination;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Receivers that take a connection and say nothing, or begin to. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SilentReceiversTest {

  private static final Timeouts LITTLE =
      new Timeouts(Duration.ofSeconds(10), Duration.ofMillis(100));

  private static List<Destination> destinations(int port, Optional<SSLContext> tls) {
    String host = "localhost:" + port;
    URI root = URI.create((tls.isPresent() ? "https://" : "http://") + host);
    HttpReceiver server =
        new HttpReceiver(
            new HttpReceiver.Address(root, new Credentials.None(), tls),
            LITTLE,
            InstantSource.system());
    return List.of(
        new StoreDestination(
            StoreAddress.parse("ARCHIVE@" + host, new AeTitle("RADSTREAM"), tls).with(LITTLE)),
        new StowDestination(server),
        new FhirDestination(server, FhirNames.NONE),
        new MllpDestination(MllpAddress.parse(host, "", "", tls).with(LITTLE)));
  }

  @Test
  void shouldNotBeWaitedForForEver(@TempDir Path folder) throws Exception {
    SSLContext tls = Certificate.make(folder.resolve("here.p12")).trusting();
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      for (Optional<SSLContext> way : List.of(Optional.<SSLContext>empty(), Optional.of(tls))) {
        for (Destination destination : destinations(silent.getLocalPort(), way)) {
          try (destination) {
            Outcome outcome = destination.deliver(Results.of(Results.STUDY));

            assertThat(outcome)
                .as(destination.name())
                .isEqualTo(new Outcome.Away("no answer in time"));
          }
        }
      }
    }
  }

  @Test
  void shouldNotWaitForAnAnswerThatNeverEnds() throws Exception {
    List<Socket> open = new ArrayList<>();
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread beginning = new Thread(() -> begin(server, open));
      beginning.start();
      HttpReceiver receiver =
          new HttpReceiver(
              new HttpReceiver.Address(
                  URI.create("http://localhost:" + server.getLocalPort()),
                  new Credentials.None(),
                  Optional.empty()),
              LITTLE,
              InstantSource.system());

      Outcome outcome = receiver.send("POST", "studies", "text/plain", "*/*", new byte[1]);

      assertThat(outcome).isEqualTo(new Outcome.Away("no answer in time"));
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  private static void begin(ServerSocket server, List<Socket> open) {
    try {
      Socket socket = server.accept();
      open.add(socket);
      socket
          .getOutputStream()
          .write(
              "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nso"
                  .getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // The test has ended.
    }
  }
}
