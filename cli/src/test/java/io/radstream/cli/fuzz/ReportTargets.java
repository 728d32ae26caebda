package io.radstream.cli.fuzz;

import io.radstream.producers.fhir.FhirFiles;
import io.radstream.producers.fhir.FhirRules;
import io.radstream.producers.hl7.message.CharacterSets;
import io.radstream.producers.hl7.message.Hl7Header;
import io.radstream.producers.hl7.message.Hl7Message;
import io.radstream.producers.hl7.message.Hl7Reader;
import io.radstream.producers.hl7.message.UnreadableMessageException;
import io.radstream.producers.hl7.report.PatientMerge;
import io.radstream.producers.hl7.report.ReportReader;
import io.radstream.producers.hl7.report.ReportRules;
import io.radstream.producers.jsonl.JsonlSource;
import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.Receipt;
import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.publish.StudyNames;
import io.radstream.radiology.report.ReportSections;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reports, in whatever they come.
 *
 * @param folder for what is read from files
 */
record ReportTargets(Path folder) {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-04T05:06:07Z"));
  private static final String C = Target.CANARY;

  private static final String ORU =
      String.join(
          "\r",
          "MSH|^~\\&|RIS|HOSP|ENGINE|SITE|20260102030405||ORU^R01^ORU_R01|7|P|2.5.1",
          "PID|1||" + C + "^^^HOSP^MR||" + C + "^" + C + "||19470929|M|||" + C + "^^TOBOSO",
          "OBR|1|PL1|FILL1|71046^XR CHEST||||||||||||1234^"
              + C
              + "||"
              + C
              + "||||20260102030000|||F",
          "OBX|1|TX|71046^XR CHEST||FINDINGS: " + C + "\\.br\\ \\H\\clear\\N\\ \\X0D\\||||||F",
          "OBX|2|ED|PDF||^text^plain^Base64^" + "Wnl4d3Zx" + "||||||F",
          "NTE|1||" + C,
          "");

  private static final String ADT =
      String.join(
          "\r",
          "MSH|^~\\&|RIS|HOSP|ENGINE|SITE|20260102030405||ADT^A40^ADT_A39|8|P|2.5.1",
          "EVN|A40|20260102030405",
          "PID|1||" + C + "1^^^HOSP^MR||" + C,
          "MRG|" + C + "2^^^HOSP^MR",
          "");

  private static final String BUNDLE =
      """
      {"resourceType":"Bundle","type":"collection","entry":[
       {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","id":"p1",
        "identifier":[{"type":{"coding":[{"code":"MR"}]},"system":"urn:hosp","value":"CANARY"}],
        "name":[{"family":"CANARY","given":["CANARY"]}],"birthDate":"1950-03-12"}},
       {"resource":{"resourceType":"ImagingStudy","id":"s1","status":"available",
        "subject":{"reference":"Patient/p1"},
        "identifier":[{"type":{"coding":[{"code":"ACSN"}]},"value":"CANARY"}]}},
       {"resource":{"resourceType":"DiagnosticReport","id":"r1","status":"final",
        "meta":{"lastUpdated":"2026-01-02T03:04:05Z"},"subject":{"reference":"Patient/p1"},
        "category":[{"coding":[{"code":"RAD"}]}],"code":{"text":"chest"},
        "imagingStudy":[{"reference":"ImagingStudy/s1"}],"effectiveDateTime":"2026-01-02",
        "issued":"2026-01-02T03:04:05Z","conclusion":"CANARY is clear",
        "presentedForm":[{"contentType":"text/html; charset=utf-8","data":"PHA+Wnl4d3ZxPC9wPg=="}]}}]}"""
          .replace("CANARY", C)
          .replace("\n", "");

  private static final String XML =
      """
      <DiagnosticReport xmlns="http://hl7.org/fhir"><id value="r2"/><status value="final"/>
      <code><text value="chest"/></code><identifier><type><coding><code value="ACSN"/></coding></type>
      <value value="CANARY"/></identifier><conclusion value="CANARY"/></DiagnosticReport>"""
          .replace("CANARY", C);

  private static final String LINE =
      """
      {"study":"CANARY","patient":"CANARY","report":"FINDINGS: CANARY is clear and normal.",
      "status":"amended","version":2,"images":[{"file":"CANARY.png","view":"PA","id":"1"}],
      "labels":{"effusion":0.5,"no finding":1}}"""
          .replace("CANARY", C)
          .replace("\n", "");

  private static final String REPORT =
      """
      EXAM: chest radiograph, two views. HISTORY: cough.
      COMPARISON: none
      FINDINGS:
      1. The lungs are clear. Left-sided effusion, ** right __ lung
      IMPRESSION: No acute disease.  Electronically signed by nobody
      """;

  List<Target> all() {
    return List.of(hl7(), fhir(), jsonl(), sections());
  }

  private static Target hl7() {
    Hl7Reader reader = new Hl7Reader(new CharacterSets(Optional.empty()));
    ReportReader reports = new ReportReader(ReportRules.USUAL, CLOCK);
    return Target.of(
        "hl7",
        List.of(latin(ORU), latin(ADT)),
        List.of(
            "|",
            "^",
            "~",
            "\\",
            "&",
            "\r",
            "\n",
            "OBX|",
            "OBR|",
            "MSH|",
            "\\X",
            "\\F\\",
            "\\C2842\\",
            "UNICODE UTF-8",
            "ISO IR87",
            "^Base64^",
            "\\.sp9999\\",
            "\\Z",
            "||||||||",
            "%",
            "-1"),
        Set.of(UnreadableMessageException.class),
        input -> {
          Optional<Hl7Header> header = Hl7Header.of(input);
          if (header.isEmpty()) {
            return "no message";
          }
          Hl7Message message = reader.read(input, header.get());
          reports.read(message, "digest");
          PatientMerge.of(message, ReportRules.USUAL);
          return "";
        });
  }

  private Target fhir() {
    Pseudonymizer key = Pseudonymizer.withKey("sixteen bytes at least");
    return Target.of(
        "fhir",
        List.of(Json.bytes(BUNDLE), Json.bytes(XML)),
        List.of(
            "\"resourceType\":",
            "{\"resource\":",
            "\"contained\":[",
            "[",
            "{",
            "<div>",
            "<!DOCTYPE a [",
            "<!ENTITY a SYSTEM \"file:///etc/passwd\">",
            "&a;",
            "\"extension\":[{\"url\":\"a\"}]",
            "Patient/p1",
            "#",
            "\"2026-13-45T99:99:99Z\"",
            "urn:oid:"),
        Set.of(),
        input -> {
          Path file =
              folder.resolve("bundle." + (input.length > 0 && input[0] == '<' ? "xml" : "json"));
          Files.write(file, input);
          Told told = new Told();
          new FhirFiles(file, new FhirRules(Optional.empty()), new StudyNames(""), key, CLOCK)
              .deliver(told);
          return told.text();
        });
  }

  private Target jsonl() {
    return Target.of(
        "jsonl",
        List.of(Json.bytes(LINE), Json.bytes(LINE + "\n" + LINE)),
        List.of(
            "\n", "\uFEFF", "{", "[", "../", "/etc/passwd", "\0", "\"images\":", "NaN", "1e999"),
        Set.of(),
        input -> {
          Path file = folder.resolve("studies.jsonl");
          Files.write(file, input);
          Told told = new Told();
          try (Stream<SourceItem> items = new JsonlSource(file).items()) {
            items.forEach(told::note);
          }
          return told.text();
        });
  }

  private static Target sections() {
    return Target.of(
        "sections",
        List.of(Json.bytes(REPORT)),
        List.of(
            "FINDINGS:", "IMPRESSION:", "\n", "\t", " ", "1.", "**", "__", ":", "\u2028", "-----"),
        Set.of(),
        input -> {
          ReportSections.of(new String(input, StandardCharsets.UTF_8)).text();
          return "";
        });
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Takes no part anywhere; keeps what is said of those that are none. */
  private static final class Told implements PartSink {

    private final List<String> said = new ArrayList<>();

    void note(SourceItem item) {
      if (item instanceof SourceItem.Refused refused) {
        said.add(refused.explanation());
      }
    }

    String text() {
      return String.join("; ", said);
    }

    @Override
    public void accept(Consignment consignment, Receipt receipt) {
      consignment.items().forEach(this::note);
      receipt.acknowledged();
    }

    @Override
    public Optional<String> recall(String key) {
      return Optional.empty();
    }

    @Override
    public boolean isOpen() {
      return true;
    }
  }
}
