package io.radstream.producers.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcknowledgementsTest {

  private Listening listening;

  @BeforeEach
  void listen() {
    listening = Listening.with(RecordingSink.atOnce());
  }

  @AfterEach
  void stop() {
    listening.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', AA, AR",
    "AL, NE, CA, CR",
    "AL, AL, CA, CR",
    "NE, AL, AA, AR",
    "'', AL, AA, AR",
    "ER, NE, none, CR",
    "SU, '', CA, none",
    "ER, SU, AA, CR",
    "NE, NE, none, none",
    "??, '', CA, CR"
  })
  void shouldAnswerAsTheSenderWishes(String accept, String application, String good, String bad)
      throws Exception {
    String wishes = "|P|2.5.1|||" + accept + "|" + application;
    String accepted = Messages.simple("C1").replace("|P|2.5.1", wishes);
    String rejected = accepted.replace("C1", "C2").replace("MRN0042^^^HOSP^MR~99887766", "");
    // Which is answered in any case, so that its answer comes first where the other has none.
    String last = Messages.header("ACK", "C3");
    try (MllpClient client = listening.connect()) {
      client.send(accepted);
      client.send(rejected);
      client.send(last);

      assertThat(codes(client)).isEqualTo(expected(good, "C1") + expected(bad, "C2") + "AA|C3 ");
    }
  }

  private static String expected(String code, String id) {
    return code.equals("none") ? "" : code + "|" + id + " ";
  }

  private static String codes(MllpClient client) throws IOException {
    StringBuilder codes = new StringBuilder();
    while (codes.indexOf("C3") < 0) {
      String answer = client.answer();
      codes.append(answer.replaceAll("(?s).*MSA\\|(\\w\\w\\|C\\d).*", "$1")).append(' ');
    }
    return codes.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "2.1, ORU^R01, ACK",
    "2.3, ORU^R01, ACK^R01",
    "2.5, ORU^R01^ORU_R01, ACK^R01^ACK",
    "2.8, ORU^R01^ORU_R01, ACK^R01^ACK",
    "2.5, ORU, ACK",
    "2.5, ORU^R01\\F\\x, ACK"
  })
  void shouldNameItsAnswerAsTheVersionDoes(String version, String type, String answered)
      throws Exception {
    String message =
        Messages.simple("C1").replace("|2.5.1", "|" + version).replace("ORU^R01^ORU_R01", type);

    String answer = listening.send(message);

    assertThat(answer.split("\\|", -1)[8]).isEqualTo(answered);
  }

  @Test
  void shouldNumberItsAnswers() throws Exception {
    String first = listening.send(Messages.header("ACK", "C1")).split("\\|", -1)[9];
    String second = listening.send(Messages.header("ACK", "C1")).split("\\|", -1)[9];

    assertThat(first).isNotBlank().isNotEqualTo(second);
  }

  @Test
  void shouldEchoNoMoreOfAHeaderThanItNeeds() throws Exception {
    String answer = listening.send(Messages.header("ACK", "C".repeat(2000) + "\u0001\u0000"));

    assertThat(answer).contains("MSA|AA|" + "C".repeat(200) + "\r");
  }
}
