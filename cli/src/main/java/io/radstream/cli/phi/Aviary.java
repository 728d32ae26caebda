package io.radstream.cli.phi;

import io.radstream.radiology.CounterRandom;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Breeds canaries that stand nowhere else: the same seed, the same ones. Not thread-safe. */
final class Aviary {

  private static final String CONSONANTS = "bdfgklmnprstvz";
  private static final String VOWELS = "aeiou";
  private static final int SYLLABLES = 5;
  private static final int DIGITS = 10;

  /**
   * So long ago that no clock of the demo says it, and within two months, so that a day that was
   * moved by a year or more is none of them.
   */
  private static final LocalDate FIRST_DAY = LocalDate.of(1914, 3, 1);

  private static final int DAYS = 60;

  private static final List<DateTimeFormatter> DATE_FORMS =
      List.of("uuuuMMdd", "uuuu-MM-dd", "dd.MM.uuuu", "MM/dd/uuuu", "dd/MM/uuuu").stream()
          .map(pattern -> DateTimeFormatter.ofPattern(pattern, Locale.ROOT))
          .toList();

  private final CounterRandom random;
  private final List<Canary> bred = new ArrayList<>();

  Aviary(long seed) {
    this.random = CounterRandom.of(seed, "phi-check");
  }

  /** A word that could be a name, with a capital. */
  String name(String place) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < SYLLABLES; i++) {
      name.append(any(CONSONANTS)).append(any(VOWELS));
    }
    name.setCharAt(0, Character.toUpperCase(name.charAt(0)));
    return keep(place, name.toString());
  }

  /** Digits, as of a record number. */
  String number(String place) {
    StringBuilder number = new StringBuilder();
    for (int i = 0; i < DIGITS; i++) {
      number.append(1 + random.nextInt(9));
    }
    return keep(place, number.toString());
  }

  /** A day of a century ago, which may come out in no form. */
  LocalDate day(String place) {
    return day(place, FIRST_DAY);
  }

  /** The same of a header: one that was moved is none of those above, either. */
  LocalDate headerDay(String place) {
    return day(place, FIRST_DAY.minusYears(4));
  }

  private LocalDate day(String place, LocalDate first) {
    LocalDate day = first.plusDays(random.nextInt(DAYS));
    bred.add(new Canary(place, DATE_FORMS.stream().map(form -> form.format(day)).toList()));
    return day;
  }

  private String keep(String place, String form) {
    bred.add(new Canary(place, form));
    return form;
  }

  /** All so far, in the order in which they were bred. */
  List<Canary> all() {
    return List.copyOf(bred);
  }

  private char any(String letters) {
    return letters.charAt(random.nextInt(letters.length()));
  }
}
