package io.radstream.producers.fhir;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.radstream.producers.publish.Identifying;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.Retraction;
import io.radstream.producers.publish.SourceItem.Retracted;
import io.radstream.producers.publish.StudyNames;
import io.radstream.producers.reports.ReportVersion;
import io.radstream.schemas.Report;
import io.radstream.schemas.ReportStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FhirFilesTest {

  private static final Pseudonymizer PSEUDONYMIZER =
      Pseudonymizer.withKey("sixteen bytes at least");
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-04T05:06:07Z"));
  private static final StudyNames NAMES = new StudyNames("");

  private static final String PATIENT =
      """
      {"resourceType":"Patient","id":"p1",
       "identifier":[{"system":"urn:nat","value":"99887766"},
         {"type":{"coding":[{"code":"MR"}]},"system":"urn:hosp","value":"MRN0042"}],
       "name":[{"family":"Quixote","given":["Alonso"]}],"birthDate":"1950-03-12",
       "telecom":[{"system":"phone","value":"555-0101"}],
       "address":[{"line":["12 Windmill Lane"],"city":"Toboso","state":"LM"}]}""";
  private static final String STUDY =
      """
      {"resourceType":"ImagingStudy","id":"s1","status":"available","subject":{"reference":"Patient/p1"},
       "identifier":[{"system":"urn:dicom:uid","value":"urn:oid:1.2.3"},
         {"type":{"coding":[{"code":"ACSN"}]},"value":"ACC1"}]}""";

  @TempDir Path folder;
  private final RecordingSink sink = RecordingSink.atOnce();

  @Test
  void shouldReadABundle() throws Exception {
    deliver(
        "bundle.json", bundle(report("r1", "final", conclusion("Clear lungs.")), PATIENT, STUDY));

    assertThat(sink.found()).hasSize(1);
    assertThat(sink.found().get(0).part().patient()).isEqualTo(NAMES.patient("MRN0042"));
    assertThat(sink.found().get(0).part().study()).isEqualTo(NAMES.study("ACC1", ""));
    int version = PSEUDONYMIZER.moved(NAMES.study("ACC1", ""), 820_638_000);
    assertThat(sink.onlyReport())
        .isEqualTo(
            new Report(
                "IMPRESSION:\nClear lungs.",
                ReportStatus.FINAL,
                version,
                PSEUDONYMIZER.report("report/r1")));
  }

  @Test
  void shouldReadAnExportWhoseResourcesStandInSeveralFiles() throws Exception {
    write("ImagingStudy.ndjson", oneLine(STUDY) + "\n\n");
    write("Patient.ndjson", oneLine(PATIENT) + "\r\n");
    write("readme.txt", "not read");
    deliver("DiagnosticReport.ndjson", oneLine(report("r1", "final", conclusion("Clear lungs."))));

    assertThat(sink.found().get(0).part().study()).isEqualTo(NAMES.study("ACC1", ""));
    assertThat(sink.found().get(0).part().patient()).isEqualTo(NAMES.patient("MRN0042"));
    assertThat(sink.found().get(0).part().identifying().birthDates())
        .containsExactly(LocalDate.of(1950, 3, 12));
  }

  @Test
  void shouldReadXmlWithContainedResources() throws Exception {
    deliver(
        "report.xml",
        """
        <DiagnosticReport xmlns="http://hl7.org/fhir"><id value="r1"/>
          <contained><Patient><id value="p"/><identifier><value value="MRN0042"/></identifier></Patient></contained>
          <identifier><type><coding><code value="ACSN"/></coding></type><value value="ACC1"/></identifier>
          <status value="final"/><subject><reference value="#p"/></subject>
          <conclusion value="Clear lungs."/></DiagnosticReport>""");

    assertThat(sink.found().get(0).part().patient()).isEqualTo(NAMES.patient("MRN0042"));
    assertThat(sink.onlyReport().getVersion())
        .isEqualTo(PSEUDONYMIZER.moved(NAMES.study("ACC1", ""), ReportVersion.of(CLOCK.instant())));
  }

  @ParameterizedTest
  @CsvSource({
    "partial, PRELIMINARY",
    "preliminary, PRELIMINARY",
    "unknown, PRELIMINARY",
    "final, FINAL",
    "amended, AMENDED",
    "corrected, AMENDED",
    "appended, AMENDED",
    "modified, AMENDED"
  })
  void shouldReadTheStatus(String status, ReportStatus expected) throws Exception {
    deliver("bundle.json", bundle(report("r1", status, conclusion("Clear.")), PATIENT, STUDY));

    assertThat(sink.onlyReport().getStatus()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"status\": \"nonsense\",", "\"status\": \"FINAL\",", ""})
  void shouldRefuseAStatusThatItDoesNotKnowAndGoOn(String status) throws Exception {
    String unknown =
        report("r1", "final", conclusion("Clear."))
            .replaceFirst("\"status\"\\s*:\\s*\"final\"\\s*,", status);

    deliver(
        "bundle.json",
        bundle(unknown, report("r2", "final", conclusion("Effusion.")), PATIENT, STUDY));

    assertThat(sink.refusals()).singleElement().asString().contains("status");
    assertThat(sink.onlyReport().getText()).contains("Effusion.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"entered-in-error", "cancelled"})
  void shouldRetractWhatDoesNotHold(String status) throws Exception {
    deliver("bundle.json", bundle(report("r1", "final", conclusion("Clear.")), PATIENT, STUDY));
    sink.forgetItems();

    deliver("bundle.json", bundle(report("r1", status, ""), PATIENT, STUDY));

    assertThat(sink.items()).hasSize(1);
    Retraction retraction = sink.of(Retracted.class).get(0).retraction();
    assertThat(retraction.studyId()).isEqualTo(PSEUDONYMIZER.study(NAMES.study("ACC1", "")));
    assertThat(retraction.reportIds()).containsExactly(PSEUDONYMIZER.report("report/r1"));
  }

  @Test
  void shouldTakeARegisteredReportForNone() throws Exception {
    deliver("bundle.json", bundle(report("r1", "registered", ""), PATIENT, STUDY));

    assertThat(sink.acknowledged()).isEmpty();
  }

  @Test
  void shouldSendNothingTwice() throws Exception {
    String bundle = bundle(report("r1", "final", conclusion("Clear.")), PATIENT, STUDY);
    deliver("bundle.json", bundle);
    sink.forgetItems();

    deliver("bundle.json", bundle);

    assertThat(sink.items()).isEmpty();
  }

  @Test
  void shouldPreferTheTextThatIsPresented() throws Exception {
    String forms =
        "\"presentedForm\":[%s,%s,%s]"
            .formatted(
                form("application/pdf", "%PDF".getBytes(UTF_8)),
                form("text/html", "<p>Other</p>".getBytes(UTF_8)),
                form("text/plain; charset=ISO-8859-1", "Épanchement.".getBytes(ISO_8859_1)));

    deliver("bundle.json", bundle(report("r1", "final", forms), PATIENT, STUDY));

    assertThat(sink.onlyReport().getText()).isEqualTo("Épanchement.");
  }

  @Test
  void shouldReadAPresentedPageAsLines() throws Exception {
    String html =
        "<html><head><style>p {}</style></head><body><h2>FINDINGS:</h2><p>Lungs &amp; heart"
            + " <b>normal</b>.<br>No effusion.</p><ul><li>One</li><li>Two</li></ul></body></html>";

    deliver(
        "bundle.json",
        bundle(
            report(
                "r1",
                "final",
                "\"presentedForm\":[" + form("text/html", html.getBytes(UTF_8)) + "]"),
            PATIENT,
            STUDY));

    assertThat(sink.onlyReport().getText().lines())
        .containsExactly("FINDINGS:", "Lungs & heart normal.", "No effusion.", "One", "Two");
  }

  @Test
  void shouldReadNarrativeAndConclusion() throws Exception {
    String text =
        "\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns='http://www.w3.org/1999/xhtml'>"
            + "<p>FINDINGS:</p><p>Clear lungs.</p></div>\"},\"conclusion\":\"Normal.\"";

    deliver("bundle.json", bundle(report("r1", "final", text), PATIENT, STUDY));

    assertThat(sink.onlyReport().getText())
        .isEqualTo("FINDINGS:\nClear lungs.\n\nIMPRESSION:\nNormal.");
  }

  @Test
  void shouldRefuseAReportThatIsAPdfAlone() throws Exception {
    String forms = "\"presentedForm\":[" + form("application/pdf", "%PDF".getBytes(UTF_8)) + "]";

    deliver("bundle.json", bundle(report("r1", "final", forms), PATIENT, STUDY));

    assertThat(sink.refusals()).singleElement().asString().contains("neither text/plain nor text");
  }

  @Test
  void shouldTakeTheAccessionNumberOfTheReportBeforeThatOfTheRequest() throws Exception {
    String request =
        """
        {"resourceType":"ServiceRequest","id":"o1",
         "identifier":[{"type":{"coding":[{"code":"ACSN"}]},"value":"ACC2"},
           {"type":{"coding":[{"code":"ACSN"}]},"value":"ACC3"}]}""";
    String basedOn = ",\"basedOn\":[{\"reference\":\"ServiceRequest/o1\"}]";
    String own =
        ",\"identifier\":[{\"type\":{\"coding\":[{\"code\":\"ACSN\"}]},\"value\":\"ACC9\"}]";
    deliver(
        "bundle.json",
        bundle(
            report("r1", "final", conclusion("One.") + basedOn),
            report("r2", "final", conclusion("Two.") + basedOn + own),
            request,
            PATIENT,
            STUDY));

    assertThat(sink.found())
        .extracting(it -> it.part().study(), it -> it.part().report().orElseThrow().getText())
        .containsExactly(
            tuple(NAMES.study("ACC2", ""), "IMPRESSION:\nOne."),
            tuple(NAMES.study("ACC3", ""), "IMPRESSION:\nOne."),
            tuple(NAMES.study("ACC9", ""), "IMPRESSION:\nTwo."));
  }

  @Test
  void shouldNameWhomStudyAndRequestName() throws Exception {
    String study =
        STUDY.replaceFirst(
            "\"id\":\"s1\"",
            """
            "id":"s1","referrer":{"display":"Dr. Sancho Referrer"},
            "interpreter":[{"reference":"Practitioner/d2"}]""");
    String request =
        """
        {"resourceType":"ServiceRequest","id":"o1",
         "requester":{"reference":"PractitionerRole/r2"},
         "performer":[{"display":"Dr. Perla Former"}]}""";
    String role =
        """
        {"resourceType":"PractitionerRole","id":"r2",
         "practitioner":{"reference":"Practitioner/d3"}}""";
    String report =
        report(
            "r1",
            "final",
            conclusion("Clear.") + ",\"basedOn\":[{\"reference\":\"ServiceRequest/o1\"}]");
    List<String> others =
        List.of(
            request,
            role,
            study,
            PATIENT,
            practitioner("d2", "Lorenzo"),
            practitioner("d3", "Panza"));

    deliver(
        "bundle.json",
        bundle(Stream.concat(Stream.of(report), others.stream()).toArray(String[]::new)));

    assertThat(sink.found().get(0).part().identifying().names())
        .contains("Dr. Sancho Referrer", "Lorenzo", "Panza", "Dr. Perla Former");
  }

  @Test
  void shouldNameThemWhereEachIsAFileOfItsOwn() throws Exception {
    write("d.json", practitioner("d3", "Panza"));
    write(
        "r.json",
        "{\"resourceType\":\"PractitionerRole\",\"id\":\"r2\",\"practitioner\":{\"reference\":\"Practitioner/d3\"}}");
    String readers = ",\"resultsInterpreter\":[{\"reference\":\"PractitionerRole/r2\"}]";

    deliver(
        "p.json", bundle(report("r1", "final", conclusion("Clear.") + readers), PATIENT, STUDY));

    assertThat(sink.found().get(0).part().identifying().names()).contains("Panza");
  }

  private static String practitioner(String id, String family) {
    return "{\"resourceType\":\"Practitioner\",\"id\":\"%s\",\"name\":[{\"family\":\"%s\"}]}"
        .formatted(id, family);
  }

  @Test
  void shouldNameWhomTheResourcesName() throws Exception {
    String readers = ",\"resultsInterpreter\":[{\"display\":\"Dr. Dora Bedside\"}]";
    deliver(
        "bundle.json",
        bundle(report("r1", "final", conclusion("Clear.") + readers), PATIENT, STUDY));

    Identifying identifying = sink.found().get(0).part().identifying();
    assertThat(identifying.names()).containsExactlyInAnyOrder("Quixote^Alonso", "Dr. Dora Bedside");
    assertThat(identifying.numbers())
        .containsExactlyInAnyOrder("99887766", "MRN0042", "555-0101", "ACC1");
    assertThat(identifying.addresses()).containsExactlyInAnyOrder("12 Windmill Lane", "Toboso");
    assertThat(identifying.birthDates()).containsExactly(LocalDate.of(1950, 3, 12));
  }

  @Test
  void shouldPassOverReportsOfTheLaboratory() throws Exception {
    String laboratory =
        """
        {"resourceType":"DiagnosticReport","id":"r1","status":"final","conclusion":"Normal.",
         "category":[{"coding":[{"code":"LAB"}]}],"subject":{"reference":"Patient/p1"}}""";

    deliver("bundle.json", bundle(laboratory, PATIENT));

    assertThat(sink.acknowledged()).isEmpty();
    assertThat(sink.refusals()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "[]", "{\"resourceType\":\"Nonsense\"}", "<html/>", "{\"a\":1}", "\u0000"})
  void shouldRefuseWhatIsNoResourceAndGoOn(String content) throws Exception {
    write("a.json", content);

    deliver("b.json", bundle(report("r1", "final", conclusion("Clear.")), PATIENT, STUDY));

    assertThat(sink.refusals()).hasSize(1);
    assertThat(sink.found()).hasSize(1);
  }

  @Test
  void shouldRefuseReportsOfNobodyAndOfNoStudy() throws Exception {
    String none =
        """
        {"resourceType":"DiagnosticReport","id":"r2","status":"final","conclusion":"Clear.",
         "subject":{"reference":"Patient/p1"}}""";

    deliver("bundle.json", bundle(report("r1", "final", conclusion("Clear.")), STUDY, none));
    deliver("bundle.json", bundle(none, PATIENT));

    assertThat(sink.refusals())
        .extracting(Object::toString)
        .satisfiesExactly(
            it -> assertThat(it).contains("the patient has no identifier"),
            it -> assertThat(it).contains("the patient has no identifier"),
            it -> assertThat(it).contains("neither an accession number nor a study UID"));
  }

  @Test
  void shouldSayThatThereIsNoFile() {
    assertThatThrownBy(() -> files(folder)).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> files(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
  }

  static String report(String id, String status, String more) {
    return """
        {"resourceType":"DiagnosticReport","id":"%s","status":"%s",
         "issued":"2026-01-02T05:00:00+02:00","subject":{"reference":"Patient/p1"},
         "imagingStudy":[{"reference":"ImagingStudy/s1"}]%s}"""
        .formatted(id, status, more.isEmpty() || more.startsWith(",") ? more : "," + more);
  }

  private static String conclusion(String text) {
    return "\"conclusion\":\"" + text + "\"";
  }

  private static String form(String type, byte[] data) {
    return "{\"contentType\":\"%s\",\"data\":\"%s\"}"
        .formatted(type, Base64.getEncoder().encodeToString(data));
  }

  private static String bundle(String... resources) {
    StringBuilder entries = new StringBuilder();
    for (String resource : resources) {
      entries
          .append(entries.isEmpty() ? "" : ",")
          .append("{\"resource\":")
          .append(resource)
          .append('}');
    }
    return "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[" + entries + "]}";
  }

  private static String oneLine(String resource) {
    return resource.replace("\n", " ");
  }

  @Test
  void shouldRefuseAFileThatVanishedAndReadTheOthers() throws Exception {
    write("a-mueller.json", report("r0", "final", conclusion("Clear lungs.")));
    write("b.json", bundle(report("r1", "final", conclusion("Clear lungs.")), PATIENT, STUDY));
    FhirFiles files = files(folder);
    Files.delete(folder.resolve("a-mueller.json"));

    files.deliver(sink);

    assertThat(sink.refusals()).containsExactly("the file cannot be read");
    assertThat(sink.found()).hasSize(1);
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content, UTF_8);
  }

  private void deliver(String name, String content) throws IOException {
    write(name, content);
    files(folder).deliver(sink);
  }

  private static FhirFiles files(Path path) throws IOException {
    return new FhirFiles(path, new FhirRules(Optional.empty()), NAMES, PSEUDONYMIZER, CLOCK);
  }
}
