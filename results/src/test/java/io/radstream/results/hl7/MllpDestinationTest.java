package io.radstream.results.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.publish.KnownStudy;
import io.radstream.results.destination.Certificate;
import io.radstream.results.destination.Outcome;
import io.radstream.results.destination.Result;
import io.radstream.results.destination.Results;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MllpDestinationTest {

  private static final Result RESULT = Results.of(Results.STUDY);

  /** A listener that answers each message with a code; without one it ends the connection. */
  private static final class Listener implements AutoCloseable {

    private final ServerSocket socket;
    private final List<String> messages = new ArrayList<>();

    Listener(String... codes) throws IOException {
      this(ServerSocketFactory.getDefault(), codes);
    }

    Listener(ServerSocketFactory sockets, String... codes) throws IOException {
      socket = sockets.createServerSocket(0, 5, InetAddress.getLoopbackAddress());
      new Thread(() -> listen(List.of(codes))).start();
    }

    private void listen(List<String> codes) {
      List<String> left = new ArrayList<>(codes);
      while (!left.isEmpty()) {
        try (Socket peer = socket.accept()) {
          InputStream in = peer.getInputStream();
          Scanner scanner = new Scanner(in, StandardCharsets.UTF_8).useDelimiter("\u001c\r");
          while (!left.isEmpty() && scanner.hasNext()) {
            String message = scanner.next().substring(1);
            synchronized (messages) {
              messages.add(message);
            }
            String code = left.remove(0);
            if (code.equals("-")) {
              break;
            }
            String id = code.equals("ZZ") ? "another" : message.split("\\|", -1)[9];
            String answer = "\u000bMSH|^~\\&|R||S||1||ACK|1|P|2.5.1\rMSA|%s|%s\r\u001c\r";
            peer.getOutputStream()
                .write(
                    answer
                        .formatted(code.equals("ZZ") ? "AA" : code, id)
                        .getBytes(StandardCharsets.UTF_8));
          }
        } catch (IOException e) {
          if (socket.isClosed()) {
            return;
          }
          // Whoever does not trust it goes away; the next may.
        }
      }
    }

    List<String> messages() {
      synchronized (messages) {
        return List.copyOf(messages);
      }
    }

    MllpDestination destination() {
      return destination("127.0.0.1", Optional.empty());
    }

    MllpDestination destination(String host, Optional<SSLContext> tls) {
      return new MllpDestination(
          MllpAddress.parse(host + ":" + socket.getLocalPort(), "RIS", "HOSP^1", tls));
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void shouldSendEachFindingAndWaitForTheAnswer() throws Exception {
    try (Listener listener = new Listener("AA");
        MllpDestination destination = listener.destination()) {

      Outcome outcome = destination.deliver(RESULT);

      assertThat(outcome).isEqualTo(new Outcome.Delivered());
      String message = listener.messages().get(0);
      assertThat(message)
          .startsWith("MSH|^~\\&|RADSTREAM||RIS|HOSP\\S\\1|20260304050607+0000||ORU^R01^ORU_R01|")
          .contains("\rPID|1||PAT-7||")
          .contains("\rOBR|1||ACC-1|SCORES^Probabilities of findings^99RADSTREAM|||")
          .contains("\rOBX|1|ST|113014^DICOM Study^DCM||1.2.840.77.1||||||O\r")
          .contains("\rOBX|2|NM|cardiomegaly^cardiomegaly^99RADSTREAM||0.871235|1^no units^UCUM|")
          .contains("Research only");
      String[] order =
          message.lines().filter(it -> it.startsWith("OBR")).findFirst().get().split("\\|", -1);
      assertThat(order[18]).isEqualTo("ACC-1");
      assertThat(order[25]).isEqualTo("P");
    }
  }

  @Test
  void shouldSendTheSameMessageAgain() throws Exception {
    try (Listener listener = new Listener("CR", "CA");
        MllpDestination destination = listener.destination()) {
      assertThat(destination.deliver(RESULT)).isInstanceOf(Outcome.Failed.class);

      assertThat(destination.deliver(RESULT)).isInstanceOf(Outcome.Delivered.class);

      assertThat(listener.messages().get(1)).isEqualTo(listener.messages().get(0));
    }
  }

  @ParameterizedTest
  @CsvSource({"AE, Refused", "AR, Refused", "CE, Failed", "ZZ, Failed", "-, Away"})
  void shouldTellAnswersApart(String code, String outcome) throws Exception {
    try (Listener listener = new Listener(code);
        MllpDestination destination = listener.destination()) {

      Outcome told = destination.deliver(RESULT);

      assertThat(told.getClass().getSimpleName()).isEqualTo(outcome);
    }
  }

  @Test
  void shouldConnectAgainWhereTheReceiverEndedTheConnection() throws Exception {
    try (Listener listener = new Listener("AA", "-", "AA");
        MllpDestination destination = listener.destination()) {
      destination.deliver(RESULT);

      Outcome outcome = destination.deliver(RESULT);

      assertThat(outcome).isEqualTo(new Outcome.Delivered());
      assertThat(listener.messages()).hasSize(3);
    }
  }

  @Test
  void shouldSendByTlsToWhomItTrustsUnderTheNameOfTheCertificate(@TempDir Path folder)
      throws Exception {
    Certificate certificate = Certificate.make(folder.resolve("here.p12"));
    Optional<SSLContext> trusting = Optional.of(certificate.trusting());
    try (Listener listener = new Listener(certificate.showing().getServerSocketFactory(), "AA");
        MllpDestination doubting =
            listener.destination("localhost", Optional.of(SSLContext.getDefault()));
        MllpDestination elsewhere = listener.destination("127.0.0.1", trusting);
        MllpDestination right = listener.destination("localhost", trusting)) {
      assertThat(doubting.deliver(RESULT).toString()).contains("--tls-trust-store");
      assertThat(elsewhere.deliver(RESULT).toString()).contains("of another host");

      assertThat(right.deliver(RESULT)).isEqualTo(new Outcome.Delivered());

      assertThat(listener.messages()).hasSize(1);
    }
  }

  @Test
  void shouldTellAReceiverThatSpeaksNoTls(@TempDir Path folder) throws Exception {
    Certificate certificate = Certificate.make(folder.resolve("here.p12"));
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        MllpDestination destination =
            new MllpDestination(
                MllpAddress.parse(
                    "localhost:" + plain.getLocalPort(),
                    "",
                    "",
                    Optional.of(certificate.trusting())))) {
      new Thread(() -> answerPlainly(plain)).start();

      Outcome outcome = destination.deliver(RESULT);

      assertThat(outcome).isInstanceOf(Outcome.Away.class);
      assertThat(((Outcome.Away) outcome).why()).contains("does it speak TLS at this port");
    }
  }

  private static void answerPlainly(ServerSocket receiver) {
    try (Socket peer = receiver.accept()) {
      peer.getOutputStream().write("\u000bMSH|^~\\&|R\r\u001c\r".getBytes(StandardCharsets.UTF_8));
      peer.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldLetNoTextBreakAMessage() {
    KnownStudy study = new KnownStudy("A|B^C\r\nMSH", "1~2&3\\4", "", List.of());

    String message =
        new String(
            new ObservationMessage(Results.of(study), "", "").bytes(), StandardCharsets.UTF_8);

    assertThat(message).contains("PID|1||A\\F\\B\\S\\C  MSH||").contains("1\\R\\2\\T\\3\\E\\4");
    assertThat(message.lines().filter(it -> it.startsWith("MSH"))).hasSize(1);
  }

  @Test
  void shouldSendNothingThatNamesNobody() {
    try (MllpDestination destination =
        new MllpDestination(MllpAddress.parse("127.0.0.1:1", "", "", Optional.empty()))) {
      assertThat(destination.deliver(Results.of(KnownStudy.UNKNOWN)))
          .isInstanceOf(Outcome.Unaddressed.class);
    }
  }
}
