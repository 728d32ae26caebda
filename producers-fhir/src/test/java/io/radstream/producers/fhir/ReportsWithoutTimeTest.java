package io.radstream.producers.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.SourceItem.Found;
import io.radstream.producers.publish.SourceItem.Retracted;
import io.radstream.producers.publish.StudyNames;
import io.radstream.producers.reports.ReportVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A report that does not tell when it was written counts as later than what was read. */
class ReportsWithoutTimeTest {

  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private static final Pseudonymizer PSEUDONYMIZER =
      Pseudonymizer.withKey("sixteen bytes at least");
  private static final StudyNames NAMES = new StudyNames("");

  private static final String NONE = "";
  private static final String ISSUED = ",\"issued\":\"2026-01-02T03:00:00Z\"";
  private static final String LATER = ",\"issued\":\"2026-01-02T04:00:00Z\"";
  private static final String EXAMINED = ",\"effectiveDateTime\":\"2026-01-01\"";
  private static final String STARTED = ",\"effectivePeriod\":{\"start\":\"2026-01-01T08:00:00Z\"}";
  private static final String ENDED =
      ",\"effectivePeriod\":{\"start\":\"2026-01-01T08:00:00Z\",\"end\":\"2026-01-01T09:00:00Z\"}";

  @TempDir Path folder;
  private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
  private final RecordingSink sink = RecordingSink.atOnce();

  @ParameterizedTest
  @ValueSource(strings = {NONE, EXAMINED, STARTED, ENDED})
  void shouldTakeAnAmendment(String untold) throws Exception {
    read(report("final", ISSUED, "One."));
    sink.forgetItems();

    read(report("amended", untold, "Two."));

    assertThat(sink.onlyReport().getText()).contains("Two.");
  }

  @ParameterizedTest
  @ValueSource(strings = {NONE, EXAMINED, STARTED, ENDED})
  void shouldTakeARetraction(String untold) throws Exception {
    read(report("final", ISSUED, "One."));
    sink.forgetItems();

    read(report("entered-in-error", untold, "One."));

    assertThat(sink.items()).hasSize(1).allMatch(Retracted.class::isInstance);
  }

  @Test
  void shouldNumberVersionsInTheOrderInWhichTheyAreRead() throws Exception {
    read(report("final", EXAMINED, "One."));
    read(report("amended", EXAMINED, "Two."));
    read(report("corrected", NONE, "Three."));
    read(report("amended", LATER, "Four."));
    read(report("appended", NONE, "Five."));

    assertThat(sink.found())
        .extracting(it -> it.part().report().orElseThrow().getText())
        .map(text -> text.replace("IMPRESSION:\n", ""))
        .containsExactly("One.", "Two.", "Three.", "Four.", "Five.");
    assertThat(sink.found())
        .extracting(Found::part)
        .extracting(part -> part.report().orElseThrow().getVersion())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldKeepTheOrderOfReportsThatHaveTimes() throws Exception {
    read(report("amended", LATER, "Two."));
    read(report("amended", NONE, "Three."));
    sink.forgetItems();

    read(report("final", ISSUED, "One."));

    assertThat(sink.items()).isEmpty();
  }

  @Test
  void shouldSendNothingTwice() throws Exception {
    String[] reports = {
      report("final", EXAMINED, "One."),
      report("final", ISSUED, "Two."),
      report("amended", NONE, "Three."),
      report("entered-in-error", NONE, "Three.")
    };
    read(reports);
    assertThat(sink.items()).hasSize(4);
    sink.forgetItems();
    time.set(NOW.plus(Duration.ofDays(2)));

    read(reports);

    assertThat(sink.items()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 2026-03-04T05:06:07Z",
    "'\"start\":\"2026-01-01T08:00:00Z\"', 2026-01-01T08:00:00Z",
    "'\"end\":\"2026-01-01T09:00:00Z\"', 2026-01-01T09:00:00Z",
    "'\"start\":\"2026-01-01T08:00:00Z\",\"end\":\"2026-01-01T09:00:00Z\"', 2026-01-01T09:00:00Z",
    "'\"start\":\"2206-01-01T08:00:00Z\"', 2026-03-04T05:06:07Z"
  })
  void shouldReadWhenTheExaminationWas(String period, Instant expected) throws Exception {
    String effective = period.isEmpty() ? NONE : ",\"effectivePeriod\":{" + period + "}";

    read(report("final", effective, "One."));

    assertThat(sink.onlyReport().getVersion())
        .isEqualTo(PSEUDONYMIZER.moved(NAMES.study("ACC1", ""), ReportVersion.of(expected)));
  }

  /** Each a line of a file. */
  private void read(String... reports) throws IOException {
    Path file = folder.resolve("reports.ndjson");
    Files.writeString(file, String.join("\n", List.of(reports)), StandardCharsets.UTF_8);
    new FhirFiles(file, new FhirRules(Optional.empty()), NAMES, PSEUDONYMIZER, time::get)
        .deliver(sink);
  }

  private static String report(String status, String times, String text) {
    return """
        {"resourceType":"DiagnosticReport","id":"r1","status":"%s"%s,        "identifier":[{"type":{"coding":[{"code":"ACSN"}]},"value":"ACC1"}],        "subject":{"identifier":{"value":"MRN0042"}},"conclusion":"%s"}"""
        .formatted(status, times, text);
  }
}
