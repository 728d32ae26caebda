package io.radstream.producers.hl7.report;

import io.radstream.producers.hl7.message.Hl7Segment;
import io.radstream.producers.hl7.report.NamingFields.Field;
import io.radstream.producers.publish.Identifying;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Gathers whom and what a message names, so that it can be found in the text. */
final class NamedInMessage {

  /** A shorter one says nothing: it would be found in any text. */
  private static final int MIN_NUMBER = 4;

  /** The number of a house, which may stand alone, is found in any text too. */
  private static final int MIN_ADDRESS = 3;

  /** Segments of a site's own begin so. */
  private static final String OWN = "Z";

  private final NamingFields fields;
  private final Set<String> names = new HashSet<>();
  private final Set<String> numbers = new HashSet<>();
  private final Set<String> addresses = new HashSet<>();
  private final Set<String> births = new HashSet<>();

  NamedInMessage(NamingFields fields) {
    this.fields = fields;
  }

  NamedInMessage add(List<Hl7Segment> segments) {
    segments.forEach(this::add);
    return this;
  }

  Identifying identifying() {
    return new Identifying(names, numbers, addresses).withBirthDates(births);
  }

  private void add(Hl7Segment segment) {
    for (Field field : fields.of(segment.name())) {
      for (int each = 1; each <= segment.repetitions(field.number()); each++) {
        read(segment, field, each);
      }
    }
    if (segment.name().startsWith(OWN)) {
      addByShape(segment);
    }
  }

  private void read(Hl7Segment segment, Field field, int repetition) {
    switch (field.kind()) {
      case PERSON -> person(segment, field.number(), repetition);
      case STAFF -> staff(segment, field.number(), repetition);
      case READER -> reader(segment, field.number(), repetition);
      case ADDRESS -> address(segment, field.number(), repetition);
      case PHONE -> phone(segment, field.number(), repetition);
      case NUMBER -> number(segment.value(field.number(), repetition, 1));
      case BIRTH -> births.add(segment.value(field.number(), repetition, 1));
    }
  }

  /** Of a segment that only the site knows. */
  private void addByShape(Hl7Segment segment) {
    for (int field = 1; field <= segment.fields(); field++) {
      for (int each = 1; each <= segment.repetitions(field); each++) {
        if (NameShape.isPerson(segment, field, each)) {
          person(segment, field, each);
        } else if (NameShape.isStaff(segment, field, each)) {
          staff(segment, field, each);
        }
      }
    }
  }

  private void person(Hl7Segment segment, int field, int repetition) {
    name(components(segment, field, repetition, 1, 3));
  }

  private void staff(Hl7Segment segment, int field, int repetition) {
    boolean numbered = isNumber(String.join(" ", segment.values(field, repetition, 1)));
    name(components(segment, field, repetition, numbered ? 2 : 1, 4));
  }

  private void reader(Hl7Segment segment, int field, int repetition) {
    List<String> parts = segment.values(field, repetition, 1);
    if (parts.size() > 1) {
      name(parts.subList(isNumber(parts.get(0)) ? 1 : 0, Math.min(parts.size(), 4)));
    } else {
      staff(segment, field, repetition);
    }
  }

  /** Where some messages leave the number out, the name begins. */
  private static boolean isNumber(String first) {
    return first.chars().anyMatch(Character::isDigit);
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
    String area = segment.value(field, repetition, 6);
    String local = segment.value(field, repetition, 7);
    number((area + " " + local).strip());
    if (!area.isEmpty()) {
      number("0" + area + " " + local);
      number(segment.value(field, repetition, 5) + " " + area + " " + local);
    }
  }

  /** Not the state and the country, which name nobody. */
  private void address(Hl7Segment segment, int field, int repetition) {
    for (int component : List.of(1, 2, 3, 5)) {
      segment.values(field, repetition, component).stream()
          .filter(text -> text.length() >= MIN_ADDRESS)
          .forEach(addresses::add);
    }
  }
}
