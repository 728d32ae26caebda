package io.radstream.producers.hl7;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.hl7.mllp.MllpSettings;
import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.Origin;
import io.radstream.schemas.RejectionReason;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class MllpListenerTest {

  @Test
  void shouldTellTheSiteWhichMessageCameFromWhom() throws Exception {
    RecordingSink sink = RecordingSink.atOnce();
    try (Listening listening = Listening.with(sink)) {

      listening.send(Messages.simple("C1"));

      assertThat(sink.acknowledged())
          .extracting(Consignment::origin)
          .containsExactly(new Origin("C1", "RIS^HOSP@127.0.0.1"));
    }
  }

  @Test
  void shouldAcknowledgeOnlyWhatTheClusterHas() throws Exception {
    RecordingSink sink = RecordingSink.held();
    try (Listening listening = Listening.with(sink);
        MllpClient client = listening.connect()) {
      client.send(Messages.simple("C1"));
      RecordingSink.Coming coming = sink.next();
      boolean early = client.hasAnswer();

      sink.settle(coming);

      assertThat(early).isFalse();
      assertThat(client.answer())
          .contains("MSA|AA|C1")
          .startsWith("MSH|^~\\&|RADSTREAM|SITE|RIS|HOSP|20260304050607+0000||ACK^R01^ACK|");
    }
  }

  @Test
  void shouldSayWhereTheClusterFailedAndWhereItRefuses() throws Exception {
    RecordingSink sink = RecordingSink.held();
    try (Listening listening = Listening.with(sink);
        MllpClient client = listening.connect()) {
      client.send(Messages.simple("C1"));
      sink.next().receipt().failed("TimeoutException: of MRN0042");
      String failed = client.answer();
      client.send(Messages.simple("C2"));

      sink.next().receipt().refused(RejectionReason.EMPTY_REPORT, "the report has no text");

      String refused = client.answer();
      assertThat(failed).contains("MSA|AE|C1|").doesNotContain("MRN0042");
      assertThat(refused)
          .contains("MSA|AR|C2|the report has no text")
          .contains("ERR|||102^Data type error^HL70357|E||||the report has no text");
      assertThat(listening.counts()).isEqualTo(new MessageCounts(0, 0, 1, 1, 0));
    }
  }

  @Test
  void shouldAnswerInTheOrderOfTheMessages() throws Exception {
    RecordingSink sink = RecordingSink.held();
    try (Listening listening = Listening.with(sink);
        MllpClient client = listening.connect()) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int i = 0; i < 3; i++) {
        all.writeBytes(MllpClient.framed(ofFiller("F" + i, "C" + i)));
      }
      client.raw(all.toByteArray());
      List<RecordingSink.Coming> coming = List.of(sink.next(), sink.next(), sink.next());

      sink.settle(coming.get(2));
      sink.settle(coming.get(1));
      boolean early = client.hasAnswer();
      sink.settle(coming.get(0));

      assertThat(early).isFalse();
      assertThat(List.of(client.answer(), client.answer(), client.answer()))
          .satisfiesExactly(
              it -> assertThat(it).contains("MSA|AA|C0"),
              it -> assertThat(it).contains("MSA|AA|C1"),
              it -> assertThat(it).contains("MSA|AA|C2"));
    }
  }

  @Test
  void shouldTakeTheMessagesOfOneReportOneAfterTheOther() throws Exception {
    RecordingSink sink = RecordingSink.held();
    try (Listening listening = Listening.with(sink);
        MllpClient first = listening.connect();
        MllpClient second = listening.connect()) {
      first.send(Messages.simple("C1"));
      RecordingSink.Coming held = sink.next();
      second.send(Messages.simple("C2", "ACC2", "C", "20260102030500"));
      second.send(ofFiller("ANOTHER", "C3"));

      sink.settle(held);

      RecordingSink.Coming moved = sink.next();
      assertThat(moved.consignment().items()).hasSize(2); // out of ACC1, into ACC2
      sink.settle(moved);
      sink.settle(sink.next());
      assertThat(first.answer()).contains("MSA|AA|C1");
      assertThat(second.answer()).contains("MSA|AA|C2");
      assertThat(second.answer()).contains("MSA|AA|C3");
    }
  }

  @Test
  void shouldServeOthersWhileTheClusterIsSlow() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    RecordingSink sink = RecordingSink.atOnce(slow);
    try (Listening listening = Listening.with(sink);
        MllpClient first = listening.connect();
        MllpClient second = listening.connect()) {
      first.send(Messages.simple("C1"));

      second.send(Messages.header("ACK", "C2"));

      assertThat(second.answer()).contains("MSA|AA|C2");
      assertThat(first.hasAnswer()).isFalse();
      slow.countDown();
      assertThat(first.answer()).contains("MSA|AA|C1");
    } finally {
      slow.countDown();
    }
  }

  @Test
  void shouldReadMessagesHoweverTheyAreCut() throws Exception {
    RecordingSink sink = RecordingSink.atOnce();
    try (Listening listening = Listening.with(sink);
        MllpClient client = listening.connect()) {
      for (byte each : MllpClient.framed(Messages.simple("C1"))) {
        client.raw(new byte[] {each});
      }

      String answer = client.answer();

      assertThat(answer).contains("MSA|AA|C1");
      assertThat(sink.onlyReport().getText()).isEqualTo("The lungs are clear.");
    }
  }

  @Test
  void shouldPassOverWhatStandsBetweenMessagesAndMessagesGivenUp() throws Exception {
    RecordingSink sink = RecordingSink.atOnce();
    try (Listening listening = Listening.with(sink);
        MllpClient client = listening.connect()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.writeBytes("\r\n noise".getBytes(US_ASCII));
      bytes.writeBytes(MllpClient.framed(Messages.simple("C1")));
      bytes.writeBytes(new byte[] {0, 0x1C, 0x0D});
      bytes.writeBytes(new byte[] {0x0B, 'M', 'S', 'H'});
      bytes.writeBytes(MllpClient.framed(Messages.header("ACK", "C2")));

      client.raw(bytes.toByteArray());

      assertThat(client.answer()).contains("MSA|AA|C1");
      assertThat(client.answer()).contains("MSA|AA|C2");
    }
  }

  @Test
  void shouldRefuseAMessageThatIsTooLargeAndGoOn() throws Exception {
    RecordingSink sink = RecordingSink.atOnce();
    try (Listening listening = Listening.with(sink, small(4096, 1 << 20));
        MllpClient client = listening.connect()) {
      String large = Messages.report("C1", List.of(Messages.tx(1, "very ".repeat(100_000))));
      client.send(large);
      client.send(Messages.simple("C2"));

      List<String> answers = List.of(client.answer(), client.answer());

      assertThat(answers.get(0)).contains("MSA|AR|C1|the message is too large");
      assertThat(answers.get(1)).contains("MSA|AA|C2");
    }
  }

  @Test
  void shouldNotTakeMoreMemoryThanThereIs() throws Exception {
    RecordingSink sink = RecordingSink.held();
    try (Listening listening = Listening.with(sink, small(4096, 4096));
        MllpClient first = listening.connect();
        MllpClient second = listening.connect()) {
      first.send(Messages.report("C1", List.of(Messages.tx(1, "x".repeat(3500)))));
      RecordingSink.Coming held = sink.next();
      second.send(Messages.report("C2", List.of(Messages.tx(1, "x".repeat(3500)))));
      String busy = second.answer();
      sink.settle(held);
      String done = first.answer();

      second.send(ofFiller("OTHER", "C3"));

      sink.settle(sink.next());
      assertThat(busy).contains("MSA|AE|C2|too many messages are under way");
      assertThat(done).contains("MSA|AA|C1");
      assertThat(second.answer()).contains("MSA|AA|C3");
    }
  }

  @Test
  void shouldServeManySenders() throws Exception {
    RecordingSink sink = RecordingSink.atOnce();
    List<MllpClient> clients = new ArrayList<>();
    try (Listening listening = Listening.with(sink)) {
      for (int i = 0; i < 40; i++) {
        clients.add(listening.connect());
      }
      for (int i = 0; i < clients.size(); i++) {
        clients.get(i).send(ofFiller("F" + i, "C" + i));
      }

      for (int i = 0; i < clients.size(); i++) {
        assertThat(clients.get(i).answer()).contains("MSA|AA|C" + i + "\r");
      }

      assertThat(sink.found()).hasSize(40);
    } finally {
      for (MllpClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void shouldTurnAwayMoreSendersThanItMayHave() throws Exception {
    MllpSettings one = small(1 << 20, 1 << 20, 1);
    try (Listening listening = Listening.with(RecordingSink.atOnce(), one);
        MllpClient first = listening.connect()) {
      first.send(Messages.simple("C1"));
      first.answer();
      try (MllpClient second = listening.connect()) {
        assertThatThrownBy(second::answer).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void shouldHangUpWhereItIsNotSpokenTo() throws Exception {
    try (Listening listening = Listening.with(RecordingSink.atOnce());
        MllpClient client = listening.connect()) {
      client.send("GET / HTTP/1.1");

      String answer = client.answer();

      assertThat(answer).isEqualTo("\u0015");
      assertThatThrownBy(client::answer).isInstanceOf(EOFException.class);
      assertThat(listening.counts().unreadable()).isEqualTo(1);
    }
  }

  @Test
  void shouldAnswerWhatItHasReceivedBeforeItStops() throws Exception {
    RecordingSink sink = RecordingSink.held();
    Listening listening = Listening.with(sink);
    try (MllpClient client = listening.connect()) {
      client.send(Messages.simple("C1"));
      RecordingSink.Coming held = sink.next();

      listening.stop();
      sink.settle(held);

      assertThat(client.answer()).contains("MSA|AA|C1");
      assertThatThrownBy(client::answer).isInstanceOf(EOFException.class);
    }
    listening.awaitEnd();
  }

  @Test
  void shouldSurviveMessagesThatAreCutOrHaveOtherBytes() throws Exception {
    Random random = new Random(17);
    byte[] good = Messages.simple("C1").getBytes(UTF_8);
    try (Listening listening = Listening.with(RecordingSink.atOnce())) {
      for (int i = 0; i < 200; i++) {
        try (MllpClient client = listening.connect()) {
          client.send(damaged(good, random));
          client.answer();
        }
      }

      String answer = listening.send(good);

      assertThat(answer).contains("MSA|AA|C1");
      MessageCounts counts = listening.counts();
      assertThat(counts.accepted() + counts.notForUs() + counts.rejected() + counts.unreadable())
          .isEqualTo(201);
    }
  }

  private static byte[] damaged(byte[] good, Random random) {
    byte[] bytes = Arrays.copyOf(good, 1 + random.nextInt(good.length));
    for (int flips = random.nextInt(5); flips > 0; flips--) {
      byte other = (byte) random.nextInt(256);
      boolean frames = other == 0x0B || other == 0x1C;
      bytes[random.nextInt(bytes.length)] = frames ? (byte) '|' : other;
    }
    return bytes;
  }

  @Test
  void shouldSayWhereItCannotListen() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      MllpSettings settings = MllpSettings.local(taken.getLocalPort());
      Listening listening = Listening.with(RecordingSink.atOnce(), settings);

      assertThatThrownBy(listening::awaitEnd).rootCause().isInstanceOf(IOException.class);
      assertThatThrownBy(listening::port).hasMessageContaining("choose another address or port");
    }
  }

  private static String ofFiller(String filler, String id) {
    return Messages.simple(id).replace("FILL1", filler);
  }

  private static MllpSettings small(int message, int memory) {
    return small(message, memory, 64);
  }

  private static MllpSettings small(int message, int memory, int connections) {
    return new MllpSettings(
        "127.0.0.1",
        0,
        Optional.empty(),
        message,
        memory,
        connections,
        8,
        Duration.ofHours(1),
        Duration.ofSeconds(30));
  }
}
