package io.radstream.cli.phi;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a report as HL7 ORU^R01 with a canary in every field of every segment. */
final class PlantedMessage {

  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("dd.MM.uuuu", Locale.ROOT);

  private final Aviary aviary;

  PlantedMessage(Aviary aviary) {
    this.aviary = aviary;
  }

  /**
   * @param report to be learned from; names of people, numbers and days are woven into it
   */
  String oru(PlantedPatient patient, String report) {
    String name = patient.family() + "^" + patient.given();
    String control = aviary.number("HL7 MSH-10");
    List<String> segments = new ArrayList<>();
    segments.add(
        segment(
            "MSH",
            25,
            Map.of(
                2,
                "^~\\&",
                7,
                "20260101120000",
                9,
                "ORU^R01^ORU_R01",
                10,
                control,
                11,
                "P",
                12,
                "2.5.1",
                18,
                "UNICODE UTF-8")));
    segments.add(segment("PID", 39, Map.of(3, patient.number(), 5, name, 13, patient.phone())));
    segments.add(segment("NK1", 39, Map.of()));
    segments.add(segment("PV1", 52, Map.of(8, "77^" + patient.physician() + "^Dr")));
    segments.add(segment("ORC", 30, Map.of(1, "RE", 3, patient.accession())));
    segments.add(
        segment(
            "OBR",
            49,
            Map.of(
                1,
                "1",
                3,
                patient.accession(),
                4,
                "71020^CHEST",
                16,
                "77^" + patient.physician(),
                18,
                patient.accession(),
                22,
                "20260101120000",
                25,
                "F")));
    int set = 1;
    for (String line : lines(patient, report)) {
      segments.add(
          segment(
              "OBX",
              25,
              Map.of(
                  1,
                  Integer.toString(set),
                  2,
                  "TX",
                  3,
                  "GDT^Text",
                  4,
                  "",
                  5,
                  line,
                  11,
                  "F",
                  14,
                  "20260101120000")));
      set++;
    }
    return String.join("\r", segments) + "\r";
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

  /** A segment whose fields are canaries but for those that are given. */
  private String segment(String name, int fields, Map<Integer, String> given) {
    StringBuilder segment = new StringBuilder(name);
    // The first field of MSH is the separator itself.
    for (int field = name.equals("MSH") ? 2 : 1; field <= fields; field++) {
      String value = given.get(field);
      segment.append('|');
      segment.append(value == null ? aviary.name("HL7 %s-%d".formatted(name, field)) : value);
    }
    return segment.toString();
  }
}
