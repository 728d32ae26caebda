package io.radstream.producers.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.schemas.ReportStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered with AA is not lost, not cut, and not waited for by others. */
class NothingLostTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "^R01", "ORU_R01", "O", "\"\"", "ORU R01", "0RU^R01"})
  void shouldRefuseAReportOfWhichNobodySaysThatItIsOne(String type) throws Exception {
    String message = Messages.simple("C1").replace("ORU^R01^ORU_R01", type);

    assertRefused(message, "MSH-9 names no type of message");
  }

  @Test
  void shouldRefuseAHeaderThatNamesNothing() throws Exception {
    RecordingSink sink = RecordingSink.atOnce();
    try (Listening listening = Listening.with(sink)) {
      assertThat(listening.send("MSH|^~\\&|")).contains("MSA|AR|").contains("MSH-9");
      assertThat(listening.counts()).isEqualTo(new MessageCounts(0, 0, 1, 0, 0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"R02", "QUIXOTE", "R0"})
  void shouldRefuseAReportOfAnEventThatNobodyKnows(String event) throws Exception {
    String message = Messages.simple("C1").replace("ORU^R01^ORU_R01", "ORU^" + event);

    assertRefused(message, "MSH-9 names an event of ORU that is not known");
  }

  @Test
  void shouldNotEndAReportAtAControlCharacter() throws Exception {
    byte[] framed = MllpClient.framed(inText("lungs \u001C\u001C are"));
    for (int cut = 1; cut < framed.length; cut++) {
      assertRead(framed, cut);
    }
  }

  private static void assertRead(byte[] framed, int cut) throws Exception {
    RecordingSink sink = RecordingSink.atOnce();
    try (Listening listening = Listening.with(sink);
        MllpClient client = listening.connect()) {
      client.raw(Arrays.copyOf(framed, cut));
      client.raw(Arrays.copyOfRange(framed, cut, framed.length));

      assertThat(client.answer()).contains("MSA|AA|C1");
      assertThat(sink.onlyReport().getText()).isEqualTo("The lungs  are clear.");
      assertThat(sink.onlyReport().getStatus()).isEqualTo(ReportStatus.FINAL);
    }
  }

  @Test
  void shouldEndAMessageWhereTheNextOneBegins() throws Exception {
    try (Listening listening = Listening.with(RecordingSink.atOnce());
        MllpClient client = listening.connect()) {
      byte[] first = MllpClient.framed(Messages.simple("C1"));
      client.raw(Arrays.copyOf(first, first.length - 1));

      client.send(Messages.header("ACK", "C2"));

      assertThat(client.answer()).contains("MSA|AA|C1");
      assertThat(client.answer()).contains("MSA|AA|C2");
    }
  }

  @Test
  void shouldServeOthersWhileMessagesOfManySendersTakeLong() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    List<MllpClient> held = new ArrayList<>();
    try (Listening listening = Listening.with(RecordingSink.atOnce(slow))) {
      for (int i = 0; i < 12; i++) {
        MllpClient client = listening.connect();
        held.add(client);
        client.send(Messages.simple("H" + i).replace("FILL1", "FILLER" + i));
      }

      String answer = listening.send(Messages.header("ACK", "C2"));

      assertThat(answer).contains("MSA|AA|C2");
      slow.countDown();
      for (MllpClient client : held) {
        assertThat(client.answer()).contains("MSA|AA|H");
      }
    } finally {
      slow.countDown();
      for (MllpClient client : held) {
        client.close();
      }
    }
  }

  @Test
  void shouldKeepTheConnectionsOfASenderInLanesOfTheirOwn() throws Exception {
    RecordingSink sink = RecordingSink.atOnce();
    try (Listening listening = Listening.with(sink);
        MllpClient first = listening.connect();
        MllpClient second = listening.connect()) {
      for (String id : List.of("1", "2")) {
        first.send(Messages.simple("A" + id, "ACCA" + id, "F", "20260102030000"));
        first.answer();
        second.send(Messages.simple("B" + id, "ACCB" + id, "F", "20260102030000"));
        second.answer();
      }
    }

    List<String> lanes = sink.acknowledged().stream().map(it -> it.lane()).toList();
    assertThat(lanes).hasSize(4).doesNotContain("");
    assertThat(lanes.get(0)).isEqualTo(lanes.get(2)).isNotEqualTo(lanes.get(1));
    assertThat(lanes.get(1)).isEqualTo(lanes.get(3));
  }

  private static void assertRefused(String message, String reason) throws Exception {
    RecordingSink sink = RecordingSink.atOnce();
    try (Listening listening = Listening.with(sink)) {
      assertThat(listening.send(message)).contains("MSA|AR|C1|" + reason);
      assertThat(listening.counts()).isEqualTo(new MessageCounts(0, 0, 1, 0, 0));
    }
    assertThat(sink.acknowledged()).isEmpty();
  }

  private static byte[] inText(String words) {
    return Messages.simple("C1").replace("lungs are", words).getBytes(StandardCharsets.UTF_8);
  }
}
