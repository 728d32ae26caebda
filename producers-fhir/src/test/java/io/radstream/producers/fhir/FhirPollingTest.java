package io.radstream.producers.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.Mark;
import io.radstream.producers.publish.Receipt;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FhirPollingTest {

  private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");
  private static final String LONG_AGO = "2026-01-02T03:00:00.123Z";
  private static final String A_MINUTE_AGO = "2026-03-04T11:59:00Z";
  private static final String TWO_MINUTES_AGO = "2026-03-04T11:58:00Z";

  private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
  private final RecordingSink sink = RecordingSink.atOnce();
  private PagingServer server;
  private Searches searches;

  @BeforeEach
  void serve() throws IOException {
    server = new PagingServer().patient();
    searches = Searches.of(server, time::get);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {LONG_AGO, A_MINUTE_AGO, "2026-01-02T03:00:00.123456Z"})
  void shouldReadEachRevisionOnceAlsoAfterARestart(String changed) throws Exception {
    server.report("r1", changed).report("r2", changed);
    assertThat(searches.run(2, sink)).containsExactly(2, 0);
    sink.forgetItems();

    List<Integer> found = searches.run(2, sink);

    assertThat(found).containsExactly(0, 0);
    assertThat(sink.acknowledged()).isEmpty();
  }

  @Test
  void shouldLookUpNothingForWhatItHasRead() throws Exception {
    String elsewhere =
        "\"conclusion\":\"Clear.\",\"performer\":[{\"reference\":\"Practitioner/d1\"}]";
    server.report("r1", 1, LONG_AGO, elsewhere);
    server.put("Practitioner", "d1", 1, LONG_AGO, "");
    searches.run(1, sink);
    server.forgetAsked();

    searches.run(2, sink);

    assertThat(server.asked()).allMatch(it -> it.startsWith("DiagnosticReport?"));
  }

  @Test
  void shouldFindWhatComesAtTheVeryInstantItHasCome() throws Exception {
    server.report("r1", LONG_AGO);
    searches.run(1, sink);
    sink.forgetItems();
    server.report("r2", LONG_AGO).report("r1", 2, LONG_AGO, "\"conclusion\":\"Effusion.\"");

    List<Integer> found = searches.run(2, sink);

    assertThat(found).containsExactly(2, 0);
    assertThat(sink.found())
        .extracting(it -> it.part().report().orElseThrow().getText())
        .containsExactlyInAnyOrder("IMPRESSION:\nClear lungs.", "IMPRESSION:\nEffusion.");
  }

  @Test
  void shouldFindWhatTheServerShowsLaterThanWhatItTookAfterIt() throws Exception {
    server.report("r2", A_MINUTE_AGO);
    searches.run(1, sink);
    server.report("r1", TWO_MINUTES_AGO);

    List<Integer> found = searches.run(2, sink);

    assertThat(found).containsExactly(1, 0);
  }

  @Test
  void shouldAskForNoMoreThanItMustOnceTimeHasPassed() throws Exception {
    server.report("r1", LONG_AGO).report("r2", A_MINUTE_AGO);
    searches.run(1, sink);
    time.set(NOW.plus(Duration.ofMinutes(10)));
    searches.run(1, sink);
    server.forgetAsked();

    searches.run(1, sink);

    assertThat(server.asked())
        .first()
        .asString()
        .endsWith("_lastUpdated=ge2026-03-04T11%3A59%3A00Z");
  }

  @Test
  void shouldReadAPositionOfTheVersionBefore() throws Exception {
    server.report("r0", "2026-01-02T02:59:59Z").report("r1", LONG_AGO).report("r2", LONG_AGO);
    remembered("2026-01-02T03:00:00.123Z");

    List<Integer> found = searches.run(2, sink);

    assertThat(found).containsExactly(2, 0);
    assertThat(server.asked())
        .first()
        .asString()
        .endsWith("_lastUpdated=ge2026-01-02T03%3A00%3A00.123Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2206-01-01T00:00:00Z", "of a later version", "2026-01-02T03:00:00Z x:y", ""})
  void shouldBeginAnewWhereAPositionCannotBeBelieved(String position) throws Exception {
    server.report("r1", LONG_AGO);
    remembered(position);

    assertThat(searches.run(2, sink)).containsExactly(1, 0);
  }

  private void remembered(String position) {
    Mark mark = new Mark("cursor/" + server.base() + "/?", position);
    sink.accept(new Consignment(List.of(), List.of(mark)), Receipt.NONE);
  }

  @Test
  void shouldNotBeLedIntoTheFuture() throws Exception {
    server.report("r1", "2206-01-02T03:00:00Z");
    assertThat(searches.run(2, sink)).containsExactly(1, 0);
    server.report("r2", LONG_AGO);

    assertThat(searches.run(2, sink)).containsExactly(1, 0);
  }

  @Test
  void shouldRefuseAReportOnce() throws Exception {
    server.put(
        "DiagnosticReport", "r1", 1, LONG_AGO, "\"status\":\"final\",\"conclusion\":\"Clear.\"");

    searches.run(2, sink);
    searches.run(2, sink);

    assertThat(sink.refusals()).hasSize(1);
  }

  @Test
  void shouldKeepWhatItReadBeforeASearchFailed() throws Exception {
    reports(150);
    server.instead("?_getpages", 403, "");
    assertThat(searches.run(1, sink)).containsExactly(-1);
    assertThat(sink.found()).hasSize(100);
    server.asUsual();

    List<Integer> found = searches.run(1, sink);

    assertThat(found).containsExactly(50);
    assertThat(sink.found()).hasSize(150);
  }

  @Test
  void shouldReadAllPagesByLinksThatSayNothing() throws Exception {
    reports(250);

    assertThat(searches.run(2, sink)).containsExactly(250, 0);
    assertThat(server.asked()).filteredOn(it -> it.startsWith("?_getpages")).hasSize(2);
    assertThat(server.headers().get(0).get("Cache-control")).containsExactly("no-cache");
  }

  @Test
  void shouldGoOnWhereTheServerForgetsASearch() throws Exception {
    reports(350);
    server.forgetAfter(1);

    assertThat(searches.run(2, sink)).containsExactly(350, 0);
    assertThat(sink.found()).hasSize(350);
  }

  @Test
  void shouldAskForSmallerPagesWhereOneIsHuge() throws Exception {
    reports(100);
    AskingLimits small =
        new AskingLimits(16_000, Duration.ofSeconds(60), 1, Duration.ofMillis(1), Duration.ZERO);

    List<Integer> found =
        new Searches(server.base(), searches.credentials(), time::get, small).run(1, sink);

    assertThat(found).containsExactly(100);
    assertThat(server.asked()).anyMatch(it -> it.contains("_count=25"));
  }

  @Test
  void shouldReadAllOfAServerThatDoesNotSort() throws Exception {
    String unsorted =
        "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"link\":[{\"relation\":\"next\",\"url\":\"%s\"}],"
                .formatted(server.base() + "?_getpages=lost")
            + "\"entry\":[{\"resource\":%s},{\"resource\":%s}]}";
    String report =
        """
        {"resourceType":"DiagnosticReport","id":"%s","meta":{"lastUpdated":"%s"},"status":"final",
         "subject":{"identifier":{"value":"MRN0042"}},"conclusion":"Clear.",
         "identifier":[{"type":{"coding":[{"code":"ACSN"}]},"value":"ACC-%s"}]}""";
    String first = report.formatted("r3", "2026-01-03T00:00:00Z", "r3");
    String second = report.formatted("r2", "2026-01-02T00:00:00Z", "r2");
    server.instead("DiagnosticReport?", 200, unsorted.formatted(first, second));
    assertThat(searches.run(1, sink)).containsExactly(-1);
    server.asUsual().forgetAsked().report("r1", "2026-01-01T00:00:00Z");

    assertThat(searches.run(1, sink)).containsExactly(1);
  }

  @Test
  void shouldNotBeHeldUpByOneReportThatCannotBeRead() throws Exception {
    String form = "\"presentedForm\":[{\"contentType\":\"text/plain\",\"url\":\"Binary/b1\"}]";
    server.report("r1", 1, LONG_AGO, form).report("r2", "2026-01-02T03:00:01Z");
    server.instead("Binary/b1", 500, "");

    List<Integer> found = searches.run(2, sink);

    assertThat(found).containsExactly(2, 1); // r1 is tried again
    assertThat(sink.found()).hasSize(1);
    assertThat(sink.refusals()).isEmpty();
  }

  @Test
  void shouldReadAReportOnceWhatItRefersToCanBeRead() throws Exception {
    String form = "\"presentedForm\":[{\"contentType\":\"text/plain\",\"url\":\"Binary/b1\"}]";
    server.report("r1", 1, LONG_AGO, form).report("r2", "2026-01-02T03:00:01Z");
    server.instead("Binary/b1", 500, "");
    searches.run(1, sink);
    server.asUsual();
    server.put("Binary", "b1", 1, LONG_AGO, "\"contentType\":\"text/plain\",\"data\":\"Q2xlYXIu\"");

    List<Integer> found = searches.run(2, sink);

    assertThat(found).containsExactly(1, 0);
    assertThat(sink.found()).hasSize(2);
  }

  @Test
  void shouldRefuseAfterADayWhatCannotBeRead() throws Exception {
    String form = "\"presentedForm\":[{\"contentType\":\"text/plain\",\"url\":\"Binary/b1\"}]";
    server.report("r1", 1, LONG_AGO, form);
    server.instead("Binary/b1", 500, "");
    Searches.Running running = searches.start(sink);
    running.next();
    time.set(NOW.plus(Duration.ofDays(1)));
    running.next();
    running.next();

    assertThat(running.next()).isZero();
    running.end();
    assertThat(sink.refusals()).singleElement().asString().contains("HTTP 500");
  }

  @ParameterizedTest
  @CsvSource({
    "401, --token-file",
    "403, lacks the right",
    "404, no DiagnosticReport to search",
    "302, give --url the address",
    "400, is --query right"
  })
  void shouldFailAtOnceWhereTheServerRefusesTheFirstSearch(int status, String message) {
    server.instead("DiagnosticReport?", status, "{}");

    assertThatThrownBy(() -> searches.run(1, sink))
        .hasStackTraceContaining("HTTP %d".formatted(status))
        .hasStackTraceContaining(message);
    assertThat(server.asked()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void shouldAskAgainWhereATokenEndsLater(int status) throws Exception {
    Searches.Running running = searches.start(sink);
    running.next();
    server.instead("DiagnosticReport?", status, "{}").report("r1", LONG_AGO);
    while (running.next() >= 0) {
      // A search that had begun before.
    }
    server.asUsual();
    int found = running.next();
    while (found < 0) {
      found = running.next();
    }

    assertThat(found).isEqualTo(1);
    running.end();
  }

  @Test
  void shouldWaitForAServerThatIsNotThereYet() throws Exception {
    server.instead("DiagnosticReport?", 503, "");
    Searches.Running running = searches.start(sink);
    assertThat(running.next()).isNegative();
    server.asUsual().report("r1", LONG_AGO);
    int found = running.next();
    while (found < 0) {
      found = running.next();
    }

    assertThat(found).isEqualTo(1);
    running.end();
  }

  private void reports(int count) {
    Instant first = Instant.parse("2026-01-02T03:00:00Z");
    for (int i = 0; i < count; i++) {
      server.report("r" + i, first.plusMillis(i).toString());
    }
  }
}
