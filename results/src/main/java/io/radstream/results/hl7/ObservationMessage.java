package io.radstream.results.hl7;

import io.radstream.producers.publish.KnownStudy;
import io.radstream.results.destination.Result;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * A result as ORU^R01 of HL7 2.5.1: one observation for each finding, preliminary, and the study's
 * UID as IHE has it. The same result is the same message, to its time and control id.
 */
record ObservationMessage(Result result, String application, String facility) {

  private static final int CONTROL_ID = 20;
  private static final String OWN = "99RADSTREAM";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'+0000'", Locale.ROOT).withZone(ZoneOffset.UTC);

  String controlId() {
    return result.id().hex("message", CONTROL_ID).toUpperCase(Locale.ROOT);
  }

  byte[] bytes() {
    String time = TIME.format(result.time());
    KnownStudy study = result.study();
    String accession = escaped(study.accession());
    StringBuilder text = new StringBuilder();
    segment(
        text,
        "MSH|^~\\&|RADSTREAM||%s|%s|%s||ORU^R01^ORU_R01|%s|P|2.5.1||||||UNICODE UTF-8"
            .formatted(escaped(application), escaped(facility), time, controlId()));
    segment(text, "PID|1||%s||^^^^^^U".formatted(escaped(study.patientId())));
    segment(
        text,
        "OBR|1||%s|SCORES^Probabilities of findings^%s|||%s|||||||||||%s||||%s||RAD|P"
            .formatted(accession, OWN, time, accession, time));
    segment(text, "NTE|1||" + Result.NOTICE);
    int number = 1;
    if (!study.studyUid().isEmpty()) {
      segment(
          text,
          "OBX|%d|ST|113014^DICOM Study^DCM||%s||||||O"
              .formatted(number++, escaped(study.studyUid())));
    }
    for (Map.Entry<String, Double> each : result.probabilities().entrySet()) {
      segment(text, observation(number++, each.getKey(), each.getValue(), time));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String observation(int number, String finding, double probability, String time) {
    String name = escaped(finding);
    return "OBX|%d|NM|%s^%s^%s||%s|1^no units^UCUM|||||P|||%s||||%s^RADSTREAM"
        .formatted(
            number,
            name,
            name,
            OWN,
            Result.written(probability),
            time,
            escaped(result.id().checkpointId()));
  }

  private static void segment(StringBuilder text, String segment) {
    text.append(segment).append('\r');
  }

  /** What separates parts of a message, and what would end a segment, stands for itself. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '|' -> escaped.append("\\F\\");
        case '^' -> escaped.append("\\S\\");
        case '&' -> escaped.append("\\T\\");
        case '~' -> escaped.append("\\R\\");
        case '\\' -> escaped.append("\\E\\");
        default -> escaped.append(Character.isISOControl(c) ? ' ' : c);
      }
    }
    return escaped.toString();
  }
}
