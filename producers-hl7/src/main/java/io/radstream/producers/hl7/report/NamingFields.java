package io.radstream.producers.hl7.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which fields of which segments name somebody, and how.
 *
 * @param bySegment in any version of HL7
 */
record NamingFields(Map<String, List<Field>> bySegment) {

  /** How a field is made up. */
  enum Kind {
    PERSON,
    STAFF,
    READER,
    ADDRESS,
    PHONE,
    NUMBER,
    BIRTH
  }

  /**
   * @param number from 1
   */
  record Field(Kind kind, int number) {}

  private record Row(String segment, Field field) {}

  /** From the module's table. */
  static NamingFields read() {
    try (InputStream in = NamingFields.class.getResourceAsStream("fields.txt");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      return new NamingFields(
          lines
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .flatMap(NamingFields::rows)
              .collect(
                  Collectors.groupingBy(
                      Row::segment, Collectors.mapping(Row::field, Collectors.toList()))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code KIND SEGMENT fields}. */
  private static Stream<Row> rows(String line) {
    List<String> parts = List.of(line.split(" "));
    Kind kind = Kind.valueOf(parts.get(0));
    return parts.subList(2, parts.size()).stream()
        .map(number -> new Row(parts.get(1), new Field(kind, Integer.parseInt(number))));
  }

  /** None where the segment is not one of HL7's. */
  List<Field> of(String segment) {
    return bySegment.getOrDefault(segment, List.of());
  }
}
