package io.radstream.producers.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.schemas.ReportStatus;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusesTest {

  private final RecordingSink sink = RecordingSink.atOnce();
  private Listening listening;

  @BeforeEach
  void listen() {
    listening = Listening.with(sink);
  }

  @AfterEach
  void stop() {
    listening.close();
  }

  @ParameterizedTest
  @CsvSource({
    "N, F, PRELIMINARY",
    "M, F, PRELIMINARY",
    "M, C, PRELIMINARY",
    "O, F, PRELIMINARY",
    "F, A, AMENDED",
    "F, B, AMENDED",
    "F, V, FINAL",
    "F, U, FINAL",
    "f, f, FINAL",
    "F, I, PRELIMINARY"
  })
  void shouldReadEveryStatusOfTheTables(String order, String observation, ReportStatus status)
      throws Exception {
    send(order, observation, "The lungs are clear.");

    assertThat(sink.onlyReport().getStatus()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"V", "K", "U", "FINAL", "1"})
  void shouldRefuseAnOrdersStatusThatNobodyKnows(String status) throws Exception {
    String answer = send(status, "F", "The lungs are clear.");

    assertThat(answer).contains("MSA|AR|C1|OBR-25 has a status that is not in HL7's table 0123");
    assertThat(sink.items()).isEmpty();
  }

  @Test
  void shouldRefuseAnObservationsStatusThatNobodyKnows() throws Exception {
    String answer = send("F", "K", "The lungs are clear.");

    assertThat(answer).contains("MSA|AR|C1|OBX-11 has a status that is not in HL7's table 0085");
    assertThat(sink.items()).isEmpty();
  }

  @Test
  void shouldNotAskForTheStatusOfAnObservationWithoutText() throws Exception {
    String answer =
        listening.send(
            Messages.report(
                "C1",
                List.of(
                    Messages.tx(1, "The lungs are clear."),
                    Messages.obx(2, "NM", "DOSE", "7", "K"))));

    assertThat(answer).contains("MSA|AA|C1");
    assertThat(sink.onlyReport().getStatus()).isEqualTo(ReportStatus.FINAL);
  }

  @Test
  void shouldPublishNothingOfAnOrderThatIsPending() throws Exception {
    String answer = listening.send(Messages.report("C1", Messages.obr("ACC1", "N"), List.of()));

    assertThat(answer).contains("MSA|AA|C1");
    assertThat(sink.items()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"N", "O", "X"})
  void shouldSayThatTextIsThereOfWhichTheStatusIsThatThereIsNone(String status) throws Exception {
    String answer = send("F", status, "The lungs are clear.");

    assertThat(answer)
        .contains("MSA|AR|C1|the report is final (OBR-25), but OBX-11 says")
        .doesNotContain("no OBX has text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Y", "Z"})
  void shouldRefuseTextOfAnOrderThatIsSaidNotToBe(String status) throws Exception {
    String answer = send(status, "F", "The lungs are clear.");

    assertThat(answer).contains("MSA|AR|C1|OBR-25 says that there is no such order or patient");
    assertThat(sink.items()).isEmpty();
  }

  private String send(String order, String observation, String text) throws Exception {
    return listening.send(
        Messages.report(
            "C1",
            Messages.obr("ACC1", order),
            List.of(Messages.obx(1, "TX", "71046", text, observation))));
  }
}
