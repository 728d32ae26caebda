package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.radstream.serving.access.PemFiles;
import io.radstream.serving.access.TlsFiles;
import io.radstream.serving.access.UnusableAccessException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

  private static final String GET =
      "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  @TempDir private static Path keys;
  private static PemFiles first;
  private static PemFiles second;
  private static PemFiles client;

  @TempDir private Path folder;
  private TlsFiles files;
  private RunningApi running;

  @BeforeAll
  static void makeKeys() throws Exception {
    first = new PemFiles(keys, "first", Algorithm.rsa2048);
    second = new PemFiles(keys, "second", Algorithm.ecp256);
    client = new PemFiles(keys, "client", Algorithm.ecp256);
  }

  @BeforeEach
  void start() throws Exception {
    files = new TlsFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"), Optional.empty());
    put(first.certificate(), files.certificate());
    put(first.key(), files.key());
    running = running(files);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private RunningApi running(TlsFiles with) {
    return ApiSetup.in(folder)
        .access(RunningApi.OPEN.withTls(with).withReload(Duration.ofMillis(20)))
        .start();
  }

  private static void put(Path file, Path at) throws IOException {
    Files.copy(file, at, StandardCopyOption.REPLACE_EXISTING);
  }

  private record Answer(String text, String protocol, Certificate shown) {}

  private static Answer ask(RunningApi api, SSLContext context, String... protocols)
      throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), api.port())) {
      socket.setSoTimeout(10_000);
      if (protocols.length > 0) {
        socket.setEnabledProtocols(protocols);
      }
      socket.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
      String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return new Answer(
          text, socket.getSession().getProtocol(), socket.getSession().getPeerCertificates()[0]);
    }
  }

  @Test
  void shouldAnswerOverTlsAlone() throws Exception {
    Answer answer = ask(running, first.trusting(Optional.empty()));
    String clear;
    try (RawConnection connection = running.connect()) {
      connection.send(GET);
      clear = connection.readToEnd();
    }

    assertThat(answer.text())
        .startsWith("HTTP/1.1 200 ")
        .containsIgnoringCase("strict-transport-security: max-age=");
    assertThat(answer.shown()).isEqualTo(first.shown());
    assertThat(clear).doesNotContain("200");
  }

  @Test
  void shouldSpeakBothVersionsOfTlsThatCount() throws Exception {
    SSLContext context = first.trusting(Optional.empty());

    assertThat(ask(running, context, "TLSv1.3").protocol()).isEqualTo("TLSv1.3");
    assertThat(ask(running, context, "TLSv1.2").protocol()).isEqualTo("TLSv1.2");
  }

  @Test
  void shouldTakeUpANewPairWhileItRuns() throws Exception {
    put(second.certificate(), files.certificate());
    put(second.key(), files.key());
    SSLContext trusting = second.trusting(Optional.empty());

    Answer answer = null;
    while (answer == null) {
      try {
        answer = ask(running, trusting);
      } catch (SSLException e) {
        Moment.pass();
      }
    }

    assertThat(answer.text()).startsWith("HTTP/1.1 200 ");
    assertThat(answer.shown()).isEqualTo(second.shown());
    assertThat(running.meters.scrape())
        .contains("radstream_tls_certificate_expiry_seconds " + ends(second));
  }

  private static String ends(PemFiles of) throws Exception {
    Instant ends = ((X509Certificate) of.shown()).getNotAfter().toInstant();
    return Double.toString((double) ends.getEpochSecond());
  }

  @Test
  void shouldGoOnWithTheOldPairWhereTheNewOneIsBroken() throws Exception {
    SSLContext trusting = first.trusting(Optional.empty());
    put(second.certificate(), files.certificate());
    running.doors.look();
    Answer halfWay = ask(running, trusting);
    Files.writeString(files.key(), "no key");
    running.doors.look();
    Answer broken = ask(running, trusting);
    Files.delete(files.key());
    running.doors.look();

    Answer gone = ask(running, trusting);

    assertThat(halfWay.shown()).isEqualTo(first.shown());
    assertThat(broken.shown()).isEqualTo(first.shown());
    assertThat(gone.shown()).isEqualTo(first.shown());
  }

  @Test
  void shouldWantACertificateOfClientsWhereThatIsSaid() throws Exception {
    TlsFiles wanting =
        new TlsFiles(files.certificate(), files.key(), Optional.of(client.certificate()));
    try (RunningApi careful = running(wanting)) {
      Answer known = ask(careful, first.trusting(Optional.of(client)));

      assertThat(known.text()).startsWith("HTTP/1.1 200 ");
      assertThatThrownBy(() -> ask(careful, first.trusting(Optional.empty())))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> ask(careful, first.trusting(Optional.of(second))))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void shouldNotStartWithWhatIsNoPair() throws Exception {
    Path encrypted =
        Files.writeString(
            folder.resolve("encrypted.key"),
            Files.readString(first.key()).replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));
    Path certificate = first.certificate();

    assertRefused(
        new TlsFiles(second.certificate(), client.key(), Optional.empty()), "not that of");
    assertRefused(new TlsFiles(certificate, second.key(), Optional.empty()), "its key in PEM");
    assertRefused(new TlsFiles(certificate, encrypted, Optional.empty()), "not encrypted");
    assertRefused(new TlsFiles(certificate, certificate, Optional.empty()), "its key in PEM");
    assertRefused(new TlsFiles(first.key(), first.key(), Optional.empty()), "certificate in PEM");
    assertRefused(
        new TlsFiles(certificate, folder.resolve("none"), Optional.empty()), "no such file");
    assertRefused(
        new TlsFiles(certificate, first.key(), Optional.of(first.key())), "clients' authorities");
  }

  @Test
  void shouldNotStartWithACertificateThatHasEnded() {
    assertThatThrownBy(() -> open(files, Instant.now().plus(Duration.ofDays(91))))
        .isInstanceOf(UnusableAccessException.class)
        .hasMessageContaining("ended on");
  }

  private static void assertRefused(TlsFiles with, String why) {
    assertThatThrownBy(() -> open(with, Instant.now()))
        .isInstanceOf(UnusableAccessException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("BEGIN");
  }

  private static void open(TlsFiles with, Instant now) throws IOException {
    Vertx vertx = Vertx.vertx();
    try {
      Doors.open(
              vertx,
              RunningApi.OPEN.withTls(with),
              "127.0.0.1",
              new io.micrometer.core.instrument.simple.SimpleMeterRegistry(),
              () -> now)
          .close();
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
