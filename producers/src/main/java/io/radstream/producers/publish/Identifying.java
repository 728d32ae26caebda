package io.radstream.producers.publish;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a study's own header or message names, so that it can be found and taken out of its report.
 *
 * @param names of the patient, relatives, physicians and operators, as they were written
 * @param numbers record, accession, order and phone numbers
 * @param addresses or parts of such
 * @param birthDates of the patient
 */
public record Identifying(
    Set<String> names, Set<String> numbers, Set<String> addresses, Set<LocalDate> birthDates) {

  private static final int DAY = "yyyyMMdd".length();

  /** Names nobody. */
  public static final Identifying NONE = new Identifying(Set.of(), Set.of(), Set.of());

  public Identifying {
    names = Set.copyOf(names);
    numbers = Set.copyOf(numbers);
    addresses = Set.copyOf(addresses);
    birthDates = Set.copyOf(birthDates);
  }

  /** Where no date of birth is known. */
  public Identifying(Set<String> names, Set<String> numbers, Set<String> addresses) {
    this(names, numbers, addresses, Set.of());
  }

  /**
   * The same with the dates of birth that are written in these: year, month and day in this order,
   * with hyphens or without. What is none, or is not whole, names no day.
   */
  public Identifying withBirthDates(Collection<String> written) {
    Set<LocalDate> days =
        written.stream().flatMap(it -> day(it).stream()).collect(Collectors.toSet());
    return new Identifying(names, numbers, addresses, days);
  }

  private static Optional<LocalDate> day(String written) {
    String digits = written.strip().replace("-", "").replace(".", "").replace("/", "");
    try {
      return digits.length() < DAY
          ? Optional.empty()
          : Optional.of(
              LocalDate.parse(digits.substring(0, DAY), DateTimeFormatter.BASIC_ISO_DATE));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Keeps what it knows to itself. */
  @Override
  public String toString() {
    return "Identifying[%d names, %d numbers, %d addresses, %d dates of birth]"
        .formatted(names.size(), numbers.size(), addresses.size(), birthDates.size());
  }
}
