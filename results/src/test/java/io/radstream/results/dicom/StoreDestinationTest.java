package io.radstream.results.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.dicom.listen.AeTitle;
import io.radstream.results.destination.Certificate;
import io.radstream.results.destination.Outcome;
import io.radstream.results.destination.Result;
import io.radstream.results.destination.Results;
import io.radstream.results.maps.DrawnMaps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreDestinationTest {

  /** An acceptance of context 1, and of context 3 a rejection of its class. */
  private static final String REPORTS_ALONE =
      "02000000005400010000"
          + "0000000000000000000000000000000000000000000000000000000000000000"
          + "0000000000000000000000000000000000000000000000000000000000000000"
          + "2100000401000000"
          + "2100000403000300";

  private static final Result RESULT = Results.of(Results.STUDY);

  /** An archive that others wrote. */
  private record Archive(Process process, int port) implements AutoCloseable {

    static Archive start(Path folder, String... options) throws IOException {
      int port = freePort();
      List<String> command =
          Stream.of(
                  Programs.command("storescp", "dcmtk", "-aet", "ARCHIVE", "-od").stream(),
                  Stream.of(folder.toString()),
                  Stream.of(options),
                  Stream.of(Integer.toString(port)))
              .flatMap(part -> part)
              .toList();
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("storescp.log").toFile())
              .start();
      Archive archive = new Archive(process, port);
      archive.await();
      return archive;
    }

    /** A connection would be an association that never begins, and keep it from others. */
    private void await() throws IOException {
      String listening = ":%04X 00000000:0000 0A".formatted(port);
      while (process.isAlive()) {
        if (Files.readString(Path.of("/proc/net/tcp")).contains(listening)
            || Files.readString(Path.of("/proc/net/tcp6"))
                .contains(":%04X 00000000000000000000000000000000:0000 0A".formatted(port))) {
          return;
        }
        Thread.onSpinWait();
      }
      throw new IOException("storescp has ended");
    }

    @Override
    public void close() {
      process.destroy();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static StoreDestination to(int port) {
    return new StoreDestination(address("127.0.0.1", port, Optional.empty()));
  }

  private static StoreDestination to(String host, int port, Optional<SSLContext> tls) {
    return new StoreDestination(address(host, port, tls));
  }

  private static StoreAddress address(int port) {
    return address("127.0.0.1", port, Optional.empty());
  }

  private static StoreAddress address(String host, int port, Optional<SSLContext> tls) {
    String archive = "ARCHIVE@%s:%d".formatted(host, port);
    return StoreAddress.parse(archive, new AeTitle("RADSTREAM"), tls);
  }

  @Test
  void shouldStoreAReportInAnArchive(@TempDir Path folder) throws Exception {
    try (Archive archive = Archive.start(folder);
        StoreDestination destination = to(archive.port())) {

      Outcome outcome = destination.deliver(RESULT);

      assertThat(outcome).isEqualTo(new Outcome.Delivered());
      String instance = ReportDocument.of(RESULT).orElseThrow().instance();
      Path stored = onlyReport(folder);
      assertThat(stored.getFileName().toString()).contains(instance);
      String tree = Programs.output(Programs.command("dsrdump", "dcmtk", stored.toString()));
      assertThat(tree).contains("cardiomegaly", "0.871235");
    }
  }

  @Test
  void shouldStorePicturesBesideTheReportOnceThoughTheyAreSentTwice(@TempDir Path folder)
      throws Exception {
    try (Archive archive = Archive.start(folder);
        StoreDestination destination =
            new StoreDestination(address(archive.port()), Optional.of(DrawnMaps.likely()))) {
      destination.deliver(RESULT);
      List<String> once = stored(folder);

      Outcome outcome = destination.deliver(RESULT);

      assertThat(outcome).isEqualTo(new Outcome.Delivered());
      assertThat(stored(folder)).isEqualTo(once).hasSize(3);
      List<StoredObject> sent = new ResultObjects(Optional.of(DrawnMaps.likely())).of(RESULT);
      assertThat(sent)
          .allSatisfy(
              object -> assertThat(once).anyMatch(name -> name.endsWith(object.instance())));
    }
  }

  @Test
  void shouldSayThatAnArchiveTakesNoPictures() throws Exception {
    try (ServerSocket archive = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        StoreDestination destination =
            new StoreDestination(
                address(archive.getLocalPort()), Optional.of(DrawnMaps.likely()))) {
      CompletableFuture<Void> answered =
          CompletableFuture.runAsync(() -> answer(archive, HexFormat.of().parseHex(REPORTS_ALONE)));

      Outcome outcome = destination.deliver(RESULT);

      assertThat(outcome).isInstanceOf(Outcome.Away.class);
      assertThat(((Outcome.Away) outcome).why()).contains("Secondary Capture", "--maps-store");
      answered.join();
    }
  }

  /** Not {@code storescp}'s log. */
  private static List<String> stored(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(it -> it.getFileName().toString())
          .filter(it -> !it.endsWith(".log"))
          .sorted()
          .toList();
    }
  }

  @Test
  void shouldStoreTheSameObjectAgain(@TempDir Path folder) throws Exception {
    try (Archive archive = Archive.start(folder);
        StoreDestination destination = to(archive.port())) {
      destination.deliver(RESULT);

      Outcome outcome = destination.deliver(RESULT);

      assertThat(outcome).isEqualTo(new Outcome.Delivered());
      assertThat(onlyReport(folder)).exists();
    }
  }

  @Test
  void shouldWaitForAnArchiveThatIsAwayOrLetsNobodyIn(@TempDir Path folder) throws Exception {
    try (StoreDestination destination = to(freePort())) {
      assertThat(destination.deliver(RESULT)).isInstanceOf(Outcome.Away.class);
    }
    try (Archive archive = Archive.start(folder, "--refuse");
        StoreDestination destination = to(archive.port())) {

      Outcome outcome = destination.deliver(RESULT);

      assertThat(outcome).isInstanceOf(Outcome.Away.class);
      assertThat(((Outcome.Away) outcome).why()).contains("rejects the association");
    }
  }

  @Test
  void shouldWaitForAnArchiveThatBreaksOff(@TempDir Path folder) throws Exception {
    try (Archive archive = Archive.start(folder, "--abort-during");
        StoreDestination destination = to(archive.port())) {

      Outcome outcome = destination.deliver(RESULT);

      assertThat(outcome).isInstanceOf(Outcome.Away.class);
    }
  }

  @Test
  void shouldStoreByTlsWhereTheArchiveIsTrusted(@TempDir Path folder) throws Exception {
    Certificate certificate = Certificate.make(folder.resolve("here.p12"));
    Path key = Files.writeString(folder.resolve("key.log"), certificate.keyPem());
    Path pem = Files.writeString(folder.resolve("certificate.log"), certificate.pem());
    try (Archive archive = Archive.start(folder, "+tls", key.toString(), pem.toString(), "-ic");
        StoreDestination trusting =
            to("localhost", archive.port(), Optional.of(certificate.trusting()));
        StoreDestination doubting =
            to("localhost", archive.port(), Optional.of(SSLContext.getDefault()));
        StoreDestination plain = to(archive.port())) {
      assertThat(plain.deliver(RESULT)).isInstanceOf(Outcome.Away.class);
      assertThat(doubting.deliver(RESULT).toString()).contains("--tls-trust-store");

      assertThat(trusting.deliver(RESULT)).isEqualTo(new Outcome.Delivered());

      assertThat(onlyReport(folder)).exists();
    }
  }

  /** Rejections and acceptances that are cut, and what is no DICOM. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "03",
        "030000000000",
        "03000000000200",
        "020000000004",
        "485454502f312e312034303020",
        "02000000004800010000"
            + "0000000000000000000000000000000000000000000000000000000000000000"
            + "0000000000000000000000000000000000000000000000000000000000000000"
            + "21000000",
        "02000000004800010000"
            + "0000000000000000000000000000000000000000000000000000000000000000"
            + "0000000000000000000000000000000000000000000000000000000000000000"
            + "2100ffff"
      })
  void shouldWaitForAnArchiveThatAnswersWhatIsNoAnswer(String answer) throws Exception {
    try (ServerSocket archive = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        StoreDestination destination = to(archive.getLocalPort())) {
      CompletableFuture<Void> answered =
          CompletableFuture.runAsync(() -> answer(archive, HexFormat.of().parseHex(answer)));

      Outcome outcome = destination.deliver(RESULT);

      assertThat(outcome).isInstanceOf(Outcome.Away.class);
      answered.join();
    }
  }

  private static void answer(ServerSocket archive, byte[] answer) {
    try (Socket client = archive.accept()) {
      client.getOutputStream().write(answer);
      client.shutdownOutput();
      client.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldRefuseAddressesThatAreNone() {
    AeTitle us = new AeTitle("RADSTREAM");

    assertThatThrownBy(() -> StoreAddress.parse("pacs.example.org", us, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AET@HOST:PORT");
    assertThatThrownBy(() -> StoreAddress.parse("A@b:99999", us, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Path onlyReport(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> reports =
          files.filter(it -> it.getFileName().toString().startsWith("SR")).toList();
      assertThat(reports).hasSize(1);
      return reports.get(0);
    }
  }
}
