package io.radstream.producers.publish;

import java.util.Set;

/**
 * What a study's own header or message names, so that it can be found and taken out of its report.
 *
 * @param names of the patient, relatives, physicians and operators, as they were written
 * @param numbers record, accession, order and phone numbers
 * @param addresses or parts of such
 */
public record Identifying(Set<String> names, Set<String> numbers, Set<String> addresses) {

  /** Names nobody. */
  public static final Identifying NONE = new Identifying(Set.of(), Set.of(), Set.of());

  public Identifying {
    names = Set.copyOf(names);
    numbers = Set.copyOf(numbers);
    addresses = Set.copyOf(addresses);
  }

  /** Keeps what it knows to itself. */
  @Override
  public String toString() {
    return "Identifying[%d names, %d numbers, %d addresses]"
        .formatted(names.size(), numbers.size(), addresses.size());
  }
}
