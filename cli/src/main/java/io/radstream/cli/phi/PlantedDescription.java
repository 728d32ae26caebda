package io.radstream.cli.phi;

import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * What people write into descriptions of a study, which name whom and what its header names: each
 * time something else. Not thread-safe.
 */
final class PlantedDescription {

  private static final List<DateTimeFormatter> DAYS =
      List.of(day("dd.MM.uuuu"), day("uuuuMMdd"), day("uuuu-MM-dd"), day("MM/dd/uuuu"));

  private final PlantedPatient patient;
  private int told;

  PlantedDescription(PlantedPatient patient) {
    this.patient = patient;
  }

  private static DateTimeFormatter day(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
  }

  /**
   * @param vr value representation of text
   */
  String text(String vr) {
    told++;
    return switch (vr) {
      case "CS" -> next(words()).toUpperCase(Locale.ROOT);
      case "SH", "AE" -> next(words());
      case "LO" -> next(lines());
      default -> String.join("\r\n", lines());
    };
  }

  private List<String> words() {
    return List.of(
        patient.family(),
        patient.given(),
        patient.physician(),
        patient.number(),
        "MRN" + patient.number(),
        patient.phone(),
        patient.accession(),
        patient.accession().substring(0, 5) + "-" + patient.accession().substring(5),
        examined());
  }

  private List<String> lines() {
    return List.of(
        "Chest of %s %s, %s".formatted(patient.given(), patient.family(), examined()),
        "%s, %s, record %s".formatted(patient.family(), patient.given(), patient.number()),
        "XR THORAX %s".formatted(patient.family().toUpperCase(Locale.ROOT)),
        "as Dr. %s asked, call %s".formatted(patient.physician(), patient.phone()),
        "acc. %s, examined %s".formatted(patient.accession(), examined()),
        "pa_%s_%s".formatted(patient.family(), patient.number()),
        "%s^%s^%s".formatted(patient.family(), patient.given(), examined()),
        "cf. chest of Mrs %s's sister".formatted(patient.family()));
  }

  private String examined() {
    return next(DAYS).format(patient.examined());
  }

  private <T> T next(List<T> all) {
    return all.get(told % all.size());
  }
}
