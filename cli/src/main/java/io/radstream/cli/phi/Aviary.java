package io.radstream.cli.phi;

import io.radstream.radiology.CounterRandom;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** Of reports: a version is a number of seconds since 2000, and is moved on by three years. */
  private static final LocalDateTime FIRST_MOMENT = LocalDateTime.of(2001, 3, 1, 0, 0);

  private static final int SECONDS = DAYS * 24 * 60 * 60;

  private static final List<DateTimeFormatter> DATE_FORMS =
      forms("uuuuMMdd", "uuuu-MM-dd", "dd.MM.uuuu", "MM/dd/uuuu", "dd/MM/uuuu");

  private static final List<DateTimeFormatter> TIME_FORMS =
      forms("uuuuMMddHHmmss", "uuuu-MM-dd'T'HH:mm:ss", "uuuu-MM-dd HH:mm:ss", "dd.MM.uuuu HH:mm");

  private final CounterRandom random;
  private final List<Canary> bred;
  private final String source;

  Aviary(long seed) {
    this(CounterRandom.of(seed, "phi-check"), new ArrayList<>(), "");
  }

  private Aviary(CounterRandom random, List<Canary> bred, String source) {
    this.random = random;
    this.bred = bred;
    this.source = source;
  }

  private static List<DateTimeFormatter> forms(String... patterns) {
    return Arrays.stream(patterns)
        .map(pattern -> DateTimeFormatter.ofPattern(pattern, Locale.ROOT))
        .toList();
  }

  /**
   * The same aviary, for what is planted in one place.
   *
   * @param where for people, as {@code radiograph of study 3}
   */
  Aviary in(String where) {
    return new Aviary(random, bred, where);
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

  /** A moment in UTC, which may come out neither as a time nor as its day. */
  LocalDateTime moment(String place) {
    LocalDateTime moment = FIRST_MOMENT.plusSeconds(random.nextInt(SECONDS));
    List<String> forms = new ArrayList<>();
    TIME_FORMS.forEach(form -> forms.add(form.format(moment)));
    DATE_FORMS.forEach(form -> forms.add(form.format(moment)));
    forms.add(Long.toString(moment.toEpochSecond(ZoneOffset.UTC)));
    bred.add(new Canary(place, source, forms));
    return moment;
  }

  private LocalDate day(String place, LocalDate first) {
    LocalDate day = first.plusDays(random.nextInt(DAYS));
    bred.add(new Canary(place, source, DATE_FORMS.stream().map(form -> form.format(day)).toList()));
    return day;
  }

  private String keep(String place, String form) {
    bred.add(new Canary(place, source, List.of(form)));
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
