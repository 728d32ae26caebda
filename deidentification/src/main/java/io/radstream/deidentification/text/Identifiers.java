package io.radstream.deidentification.text;

import java.time.LocalDate;
import java.util.Set;

/**
 * What is known to identify, of the study that a text belongs to.
 *
 * @param names of persons, as headers and messages write them
 * @param numbers of records, orders, phones
 * @param addresses or parts of such
 * @param birthDates of the patient
 */
public record Identifiers(
    Set<String> names, Set<String> numbers, Set<String> addresses, Set<LocalDate> birthDates) {

  /** Nothing is known. */
  public static final Identifiers NONE = new Identifiers(Set.of(), Set.of(), Set.of());

  public Identifiers {
    names = Set.copyOf(names);
    numbers = Set.copyOf(numbers);
    addresses = Set.copyOf(addresses);
    birthDates = Set.copyOf(birthDates);
  }

  /** Where no date of birth is known. */
  public Identifiers(Set<String> names, Set<String> numbers, Set<String> addresses) {
    this(names, numbers, addresses, Set.of());
  }

  /** Keeps what it knows to itself. */
  @Override
  public String toString() {
    return "Identifiers[%d names, %d numbers, %d addresses, %d dates of birth]"
        .formatted(names.size(), numbers.size(), addresses.size(), birthDates.size());
  }
}
