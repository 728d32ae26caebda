package io.radstream.deidentification.text;

import io.radstream.radiology.CounterRandom;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes up people, numbers and dates, and sentences of a report that hold them. */
final class Planting {

  /** Sentences with one thing that must not stay, and the study's own names and numbers. */
  record Planted(
      Kind kind, String sort, String sentence, List<String> canaries, Identifiers known) {}

  private static final List<String> SURNAMES =
      List.of(
          "Smith",
          "Johnson",
          "Nguyen",
          "García",
          "Müller",
          "Schröder",
          "O'Connor",
          "McAllister",
          "Smith-Jones",
          "Kowalczyk",
          "Østergaard",
          "Peñaloza",
          "Yılmaz",
          "D'Angelo",
          "Abdullah",
          "Fitzgerald",
          "Bäcker",
          "Lefèvre",
          "Papadopoulos",
          "Vukovic");

  private static final List<String> WORDY_SURNAMES =
      List.of("White", "Rose", "Li", "May", "Wood", "Long", "Small", "Graves", "Field", "Stone");

  private static final List<String> GIVEN =
      List.of(
          "Hannah",
          "Priyanka",
          "José",
          "Björn",
          "Siobhán",
          "Wilhelmina",
          "Dmitri",
          "Chidinma",
          "Françoise",
          "Patrick");

  private static final List<String> PATTERNS =
      List.of(
          "yyyy-MM-dd",
          "M/d/yyyy",
          "MM/dd/yyyy",
          "M/d/yy",
          "dd.MM.yyyy",
          "d-MMM-yyyy",
          "MMMM d, yyyy",
          "MMM d, yyyy",
          "d MMMM yyyy",
          "EEEE, MMMM d, yyyy",
          "yyyy/MM/dd");

  private final CounterRandom random;

  Planting(long number) {
    random = CounterRandom.of(17, "planting", number);
  }

  Planted name(boolean wordy) {
    String surname = pick(wordy ? WORDY_SURNAMES : SURNAMES);
    String given = pick(GIVEN);
    String written =
        switch (random.nextInt(7)) {
          case 0 -> given + " " + surname;
          case 1 -> surname + ", " + given;
          case 2 -> surname.toUpperCase(Locale.ROOT) + ", " + given.charAt(0) + ".";
          case 3 -> "Dr. " + surname;
          case 4 -> given.charAt(0) + ". " + surname;
          case 5 -> surname + "'s";
          default -> given + " " + surname.replace("ü", "ue").replace("ö", "oe").replace("é", "e");
        };
    String sentence =
        pick(List.of(
                "Findings were discussed with %s at the time of the study.",
                "Comparison with an outside film of %s is advised.",
                "The patient, %s, was seen in clinic.",
                "As requested by %s the study was repeated."))
            .formatted(written);
    String header = surname.toUpperCase(Locale.ROOT) + "^" + given.toUpperCase(Locale.ROOT);
    Identifiers known = new Identifiers(Set.of(header), Set.of(), Set.of());
    String core =
        written.contains(surname) ? surname : written.substring(written.lastIndexOf(' ') + 1);
    return new Planted(
        Kind.NAME, wordy ? "name, a word too" : "name", sentence, List.of(core), known);
  }

  Planted date() {
    LocalDate date = LocalDate.of(1998 + random.nextInt(26), 1, 1).plusDays(random.nextInt(365));
    String written = DateTimeFormatter.ofPattern(pick(PATTERNS), Locale.ENGLISH).format(date);
    String sentence =
        pick(List.of(
                "Compared to the radiograph of %s there is no change.",
                "Prior film from %s.", "Status post surgery %s.", "(Dated %s.)"))
            .formatted(written);
    return new Planted(Kind.DATE, "date", sentence, List.of(written), Identifiers.NONE);
  }

  Planted number() {
    String digits = Long.toString(1_000_000 + random.nextInt(8_999_999));
    boolean known = random.nextBoolean();
    String written =
        switch (random.nextInt(4)) {
          case 0 -> digits;
          case 1 -> "A" + digits;
          case 2 -> digits.substring(0, 3) + "-" + digits.substring(3);
          default -> digits.substring(0, 2) + " " + digits.substring(2);
        };
    boolean spaced = written.contains(" ");
    Identifiers identifiers =
        known || spaced
            ? new Identifiers(Set.of(), Set.of(written.replaceAll("[ -]", "")), Set.of())
            : Identifiers.NONE;
    String sentence =
        pick(List.of("Accession %s.", "MRN: %s.", "See study %s for details.", "Film number %s."))
            .formatted(written);
    return new Planted(Kind.NUMBER, "number", sentence, List.of(written), identifiers);
  }

  Planted contact() {
    int line = 1000 + random.nextInt(8999);
    String written =
        pick(
            List.of(
                "(555) 010-" + line,
                "555-010-" + line,
                "+44 20 7946 " + line,
                "person" + line + "@clinic.example.org",
                "https://clinic.example.org/p/" + line,
                line + " Elm Tree Avenue",
                "Lindenstraße " + line % 200,
                "Springfield, IL 6" + line));
    return new Planted(
        Kind.PHONE,
        "phone, mail, address",
        "Results went to %s.".formatted(written),
        List.of(written),
        Identifiers.NONE);
  }

  /** Puts the sentence between two of the report's own, or at an end. */
  String into(String report, String sentence) {
    int place = random.nextInt(report.length() + 1);
    int end = report.indexOf(". ", place);
    int at = end < 0 ? report.length() : end + 2;
    String before = report.substring(0, at);
    return (before.isEmpty() || before.endsWith(" ") ? before : before + " ")
        + sentence
        + " "
        + report.substring(at);
  }

  private <T> T pick(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
