package io.radstream.producers.hl7.report;

import io.radstream.producers.hl7.message.Hl7Segment;
import io.radstream.producers.publish.Identifying;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Gathers whom and what a message names, so that it can be found in the text. */
final class NamedInMessage {

  /** Names as XPN: family, given, further given. */
  private static final Map<String, List<Integer>> PEOPLE =
      Map.of("PID", List.of(5, 6, 9), "NK1", List.of(2, 30), "GT1", List.of(3), "MRG", List.of(7));

  /** Names as XCN: a number, then family, given, further given. */
  private static final Map<String, List<Integer>> STAFF =
      Map.of(
          "PV1", List.of(7, 8, 9, 17, 52),
          "PD1", List.of(4),
          "OBR", List.of(10, 16, 28),
          "ORC", List.of(10, 11, 12, 19),
          "OBX", List.of(16));

  /** Names as NDL: the same within the first component. */
  private static final Map<String, List<Integer>> READERS = Map.of("OBR", List.of(32, 33, 34, 35));

  private static final Map<String, List<Integer>> NUMBERS =
      Map.of(
          "PID", List.of(2, 3, 4, 18, 19, 20),
          "PV1", List.of(19, 50),
          "ORC", List.of(2, 3, 4),
          "OBR", List.of(2, 3, 18, 19, 20, 21),
          "IPC", List.of(1, 2),
          "MRG", List.of(1, 2, 3, 4));

  private static final Map<String, List<Integer>> PHONES =
      Map.of("PID", List.of(13, 14), "NK1", List.of(5, 6), "OBR", List.of(17), "ORC", List.of(14));

  private static final Map<String, List<Integer>> ADDRESSES =
      Map.of("PID", List.of(11), "NK1", List.of(4), "GT1", List.of(5));

  private static final Map<String, List<Integer>> BIRTHS = Map.of("PID", List.of(7));

  /** A shorter one says nothing: it would be found in any text. */
  private static final int MIN_NUMBER = 4;

  private final Set<String> names = new HashSet<>();
  private final Set<String> numbers = new HashSet<>();
  private final Set<String> addresses = new HashSet<>();
  private final Set<String> births = new HashSet<>();

  NamedInMessage add(List<Hl7Segment> segments) {
    for (Hl7Segment segment : segments) {
      forEach(segment, PEOPLE, (field, each) -> person(segment, field, each));
      forEach(segment, STAFF, (field, each) -> staff(segment, field, each));
      forEach(segment, READERS, (field, each) -> reader(segment, field, each));
      forEach(segment, NUMBERS, (field, each) -> number(segment.value(field, each, 1)));
      forEach(segment, PHONES, (field, each) -> phone(segment, field, each));
      forEach(segment, BIRTHS, (field, each) -> births.add(segment.value(field, each, 1)));
      forEach(segment, ADDRESSES, (field, each) -> address(segment, field, each));
    }
    return this;
  }

  Identifying identifying() {
    return new Identifying(names, numbers, addresses).withBirthDates(births);
  }

  @FunctionalInterface
  private interface Repetition {
    void read(int field, int repetition);
  }

  private static void forEach(
      Hl7Segment segment, Map<String, List<Integer>> fields, Repetition reading) {
    for (int field : fields.getOrDefault(segment.name(), List.of())) {
      IntStream.rangeClosed(1, segment.repetitions(field))
          .forEach(each -> reading.read(field, each));
    }
  }

  private void person(Hl7Segment segment, int field, int repetition) {
    name(components(segment, field, repetition, 1, 3));
  }

  private void staff(Hl7Segment segment, int field, int repetition) {
    List<String> parts = components(segment, field, repetition, 2, 4);
    // Without the rest, what is a number elsewhere is a name in some messages.
    name(parts.isEmpty() ? components(segment, field, repetition, 1, 1) : parts);
  }

  private void reader(Hl7Segment segment, int field, int repetition) {
    List<String> parts = segment.values(field, repetition, 1);
    if (parts.size() > 1) {
      name(parts.subList(1, Math.min(parts.size(), 4)));
    } else {
      staff(segment, field, repetition);
    }
  }

  private static List<String> components(
      Hl7Segment segment, int field, int repetition, int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(each -> String.join(" ", segment.values(field, repetition, each)))
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /** As DICOM writes them. */
  private void name(List<String> parts) {
    String name = String.join("^", parts);
    if (name.chars().anyMatch(Character::isLetter)) {
      names.add(name);
    }
  }

  private void number(String number) {
    for (String each : Accessions.split(number)) {
      if (each.length() >= MIN_NUMBER) {
        numbers.add(each);
      }
    }
  }

  private void phone(Hl7Segment segment, int field, int repetition) {
    number(segment.value(field, repetition, 1));
    number(segment.value(field, repetition, 4));
    number(segment.value(field, repetition, 12));
    number(
        (segment.value(field, repetition, 6) + " " + segment.value(field, repetition, 7)).strip());
  }

  /** Not the state and the country, which name nobody. */
  private void address(Hl7Segment segment, int field, int repetition) {
    for (int component : List.of(1, 2, 3, 5)) {
      addresses.addAll(segment.values(field, repetition, component));
    }
  }
}
