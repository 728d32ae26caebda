package io.radstream.cli.phi;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a report as HL7 ORU^R01 with a canary in every field of every segment. */
final class PlantedMessage {

  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("dd.MM.uuuu", Locale.ROOT);

  private static final DateTimeFormatter ISSUED =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'+0000'", Locale.ROOT);

  private final Aviary aviary;

  PlantedMessage(Aviary aviary) {
    this.aviary = aviary;
  }

  /**
   * @param report to be learned from; names of people, numbers and days are woven into it
   */
  String oru(PlantedStudy study, String report) {
    PlantedPatient patient = study.patient();
    String issued = ISSUED.format(patient.issued());
    String name = patient.family() + "^" + patient.given();
    String accession = patient.accession();
    List<String> segments = new ArrayList<>();
    segments.add(
        segment(
            "MSH",
            25,
            "2=^~\\&",
            "7=" + issued,
            "9=ORU^R01^ORU_R01",
            "10=" + aviary.number("HL7 MSH-10"),
            "11=P",
            "12=2.5.1",
            "15=",
            "16=",
            "18=UNICODE UTF-8"));
    segments.add(segment("PID", 39, "3=" + patient.number(), "5=" + name, "13=" + patient.phone()));
    segments.add(segment("NK1", 39));
    segments.add(segment("PV1", 52, "8=77^" + patient.physician() + "^Dr"));
    segments.add(segment("ORC", 30, "1=RE", "3=" + accession));
    segments.add(
        segment(
            "OBR",
            49,
            "1=1",
            "3=" + accession,
            "4=71020^CHEST",
            "16=77^" + patient.physician(),
            "18=" + accession,
            "22=" + issued,
            "25=F"));
    for (String line : lines(study, report)) {
      segments.add(
          segment(
              "OBX",
              25,
              "1=",
              "2=TX",
              "3=GDT^Text",
              "4=",
              "5=" + escaped(line),
              "11=F",
              "14=" + issued));
    }
    return String.join("\r", segments) + "\r";
  }

  private List<String> lines(PlantedStudy study, String report) {
    List<String> lines = new ArrayList<>();
    study.words().forEach(word -> lines.add(word.sentence()));
    lines.addAll(lines(study.patient(), report));
    return lines;
  }

  private List<String> lines(PlantedPatient patient, String report) {
    String told = aviary.name("a name behind a title in a report");
    return List.of(
        "HISTORY: %s %s, born %s, record %s."
            .formatted(
                patient.given(),
                patient.family(),
                WRITTEN.format(aviary.day("a day in a report")),
                patient.number()),
        "FINDINGS: " + report.replace("\n", " "),
        "As told to Dr. %s on %s, phone %s. Seen by Dr. %s."
            .formatted(
                patient.physician(),
                WRITTEN.format(aviary.day("a day in a report")),
                patient.phone(),
                told),
        "IMPRESSION: As above in Mrs. %s, accession %s."
            .formatted(patient.family(), patient.accession()));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\E\\")
        .replace("|", "\\F\\")
        .replace("^", "\\S\\")
        .replace("&", "\\T\\")
        .replace("~", "\\R\\");
  }

  /**
   * A segment whose fields are canaries but for those that are given.
   *
   * @param given each as number, equals sign and value
   */
  private String segment(String name, int fields, String... given) {
    Map<Integer, String> values = new HashMap<>();
    for (String field : given) {
      int equals = field.indexOf('=');
      values.put(Integer.valueOf(field.substring(0, equals)), field.substring(equals + 1));
    }
    StringBuilder segment = new StringBuilder(name);
    // The first field of MSH is the separator itself.
    for (int field = name.equals("MSH") ? 2 : 1; field <= fields; field++) {
      String place = "HL7 %s-%d".formatted(name, field);
      segment.append('|');
      segment.append(values.containsKey(field) ? values.get(field) : aviary.name(place));
    }
    return segment.toString();
  }
}
