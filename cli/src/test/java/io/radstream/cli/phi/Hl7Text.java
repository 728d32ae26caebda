package io.radstream.cli.phi;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An HL7 message that can be varied.
 *
 * @param text segments, each with its carriage return
 */
public record Hl7Text(String text) {

  private static final String END = "\r";

  /**
   * Another value in a field of each segment of a name.
   *
   * @param field as the standard counts
   */
  public Hl7Text with(String segment, int field, String value) {
    return of(
        segments().map(each -> each.startsWith(segment + '|') ? set(each, field, value) : each));
  }

  private static String set(String segment, int field, String value) {
    String[] fields = segment.split("\\|", -1);
    // The first field of MSH is the separator itself.
    fields[segment.startsWith("MSH") ? field - 1 : field] = value;
    return String.join("|", fields);
  }

  /** Segments of these names alone. */
  public Hl7Text withOnly(Set<String> names) {
    return of(segments().filter(each -> names.contains(each.substring(0, 3))));
  }

  /** A segment more. */
  public Hl7Text and(String segment) {
    return new Hl7Text(text + segment + END);
  }

  private Stream<String> segments() {
    return Arrays.stream(text.split(END));
  }

  private static Hl7Text of(Stream<String> segments) {
    return new Hl7Text(segments.collect(Collectors.joining(END, "", END)));
  }
}
