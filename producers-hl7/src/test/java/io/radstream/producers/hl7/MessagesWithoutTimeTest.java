package io.radstream.producers.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.publish.SourceItem.Found;
import io.radstream.producers.publish.SourceItem.Retracted;
import io.radstream.schemas.ReportStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message that does not tell when its report was written counts as later than what came. */
class MessagesWithoutTimeTest {

  private static final String TIME = "20260102030000";
  private static final String LATER = "20260102040000";
  private static final String NONE = "";

  private final AtomicReference<Instant> time = new AtomicReference<>(Listening.NOW);
  private final RecordingSink sink = RecordingSink.atOnce();
  private Listening listening;

  @BeforeEach
  void listen() {
    listening = Listening.at(time::get, sink);
  }

  @AfterEach
  void stop() {
    listening.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {NONE, "02.04.2026 13:00", "2026-01-02 05:00", "20991231", "20261345"})
  void shouldTakeACorrection(String unreadable) throws Exception {
    send("C1", "F", TIME, "The lungs are clear.");
    sink.forgetItems();

    send("C2", "C", unreadable, "There is an effusion.");

    assertThat(sink.onlyReport().getText()).isEqualTo("There is an effusion.");
    assertThat(sink.onlyReport().getStatus()).isEqualTo(ReportStatus.AMENDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {NONE, "02.04.2026 13:00"})
  void shouldTakeARetraction(String unreadable) throws Exception {
    send("C1", "F", TIME, "The lungs are clear.");
    sink.forgetItems();

    send("C2", "X", unreadable, "The lungs are clear.");

    assertThat(sink.items()).hasSize(1).allMatch(Retracted.class::isInstance);
  }

  @Test
  void shouldNumberVersionsInTheOrderInWhichTheyCome() throws Exception {
    send("C1", "F", "20260304120000", "One.");
    send("C2", "C", NONE, "Two.");
    send("C3", "C", NONE, "Three.");
    time.set(Listening.NOW.plus(Duration.ofHours(-1)));
    send("C4", "F", NONE, "Four.");

    assertThat(versions()).hasSize(4).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void shouldTakeACorrectionWithATimeThatComesAfterOneWithout() throws Exception {
    send("C1", "F", NONE, "One.");

    send("C2", "C", TIME, "Two.");
    send("C3", "C", LATER, "Three.");

    assertThat(texts()).containsExactly("One.", "Two.", "Three.");
    assertThat(versions()).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void shouldKeepTheOrderOfMessagesThatHaveTimes() throws Exception {
    send("C1", "C", LATER, "Two.");
    send("C2", "C", NONE, "Three.");
    sink.forgetItems();

    String answer = send("C3", "F", TIME, "One.");

    assertThat(answer).contains("MSA|AA|C3");
    assertThat(sink.items()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldSendNothingTwice(boolean restarted) throws Exception {
    List<String> messages =
        List.of(
            message("C1", "F", NONE, "One."),
            message("C2", "F", TIME, "Two."),
            message("C3", "C", "02.04.2026 13:00", "Three."),
            message("C4", "X", NONE, "Three."),
            message("C5", "F", NONE, "Three."));
    sendAll(messages);
    assertThat(sink.items()).hasSize(5);
    sink.forgetItems();

    if (restarted) {
      listening.close();
      listening = Listening.at(time::get, sink);
    }
    sendAll(messages);

    assertThat(sink.acknowledged()).allMatch(it -> it.items().isEmpty()).hasSize(5);
  }

  @Test
  void shouldSendNothingWhereTheSameIsSaidAnewInAnotherMessage() throws Exception {
    send("C1", "F", NONE, "One.");
    sink.forgetItems();
    time.set(Listening.NOW.plus(Duration.ofHours(1)));

    send("C2", "F", NONE, "One.");

    assertThat(sink.items()).isEmpty();
  }

  @Test
  void shouldTakeAReportAgainThatWasWithdrawn() throws Exception {
    send("C1", "F", NONE, "One.");
    send("C2", "X", NONE, "One.");
    sink.forgetItems();

    send("C3", "F", NONE, "One.");

    assertThat(sink.onlyReport().getText()).isEqualTo("One.");
  }

  private void sendAll(List<String> messages) throws IOException {
    for (String message : messages) {
      time.set(time.get().plusSeconds(60));
      assertThat(listening.send(message)).contains("MSA|AA|");
    }
  }

  private String send(String id, String status, String time, String text) throws IOException {
    return listening.send(message(id, status, time, text));
  }

  /** Neither the report nor the message tells another time. */
  private static String message(String id, String status, String time, String text) {
    return Messages.simple(id, "ACC1", status, time)
        .replace("|20260102030405|", "|" + time + "|")
        .replace("The lungs are clear.", text);
  }

  private List<String> texts() {
    return sink.found().stream().map(it -> it.part().report().orElseThrow().getText()).toList();
  }

  private List<Integer> versions() {
    return sink.found().stream()
        .map(Found::part)
        .map(part -> part.report().orElseThrow().getVersion())
        .toList();
  }
}
