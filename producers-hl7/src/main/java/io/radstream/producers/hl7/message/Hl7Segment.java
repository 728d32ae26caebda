package io.radstream.producers.hl7.message;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.model.Type;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.Terser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One segment. Fields, components and so on count from 1, repetitions too. */
public final class Hl7Segment {

  /** A field that the sender wants emptied. */
  static final String NULL = "\"\"";

  private final Segment segment;
  private final Delimiters delimiters;
  private final EscapedText escapes;
  private final Map<Integer, Type[]> types = new HashMap<>();

  Hl7Segment(Segment segment, Delimiters delimiters, EscapedText escapes) {
    this.segment = segment;
    this.delimiters = delimiters;
    this.escapes = escapes;
  }

  /** For example {@code OBX}. */
  public String name() {
    return segment.getName();
  }

  /** How many fields there are, empty ones too. */
  public int fields() {
    return segment.numFields();
  }

  /** How often a field stands there, 0 where it does not. */
  public int repetitions(int field) {
    return types(field).length;
  }

  /** First component of a field's first repetition, stripped; empty where there is none. */
  public String value(int field) {
    return value(field, 1, 1);
  }

  /** A component, its first subcomponent alone, stripped; empty where there is none. */
  public String value(int field, int repetition, int component) {
    return value(field, repetition, component, 1);
  }

  /** A subcomponent, stripped; empty where there is none. */
  public String value(int field, int repetition, int component, int subcomponent) {
    if (repetition > repetitions(field)) {
      return "";
    }
    String raw = get(field, repetition, component, subcomponent);
    return raw == null || raw.equals(NULL) ? "" : escapes.read(raw).strip();
  }

  /** All subcomponents of a component that say something. */
  public List<String> values(int field, int repetition, int component) {
    if (repetition > repetitions(field)) {
      return List.of();
    }
    int count = Terser.numSubComponents(types(field)[repetition - 1], component);
    return IntStream.rangeClosed(1, count)
        .mapToObj(each -> value(field, repetition, component, each))
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /**
   * A repetition as text, not as components: what separates those is text here, since senders
   * forget to escape it.
   */
  public String text(int field, int repetition) {
    if (repetition > repetitions(field)) {
      return "";
    }
    String raw = PipeParser.encode(types(field)[repetition - 1], delimiters.characters());
    return raw.equals(NULL) ? "" : escapes.read(raw);
  }

  /** The segment copies a field's repetitions each time that it is asked for them. */
  private Type[] types(int field) {
    return types.computeIfAbsent(field, this::copied);
  }

  private Type[] copied(int field) {
    try {
      return field > segment.numFields() ? new Type[0] : segment.getField(field);
    } catch (HL7Exception e) {
      throw new IllegalStateException("a segment of any fields has field " + field, e);
    }
  }

  private String get(int field, int repetition, int component, int subcomponent) {
    try {
      return Terser.get(segment, field, repetition - 1, component, subcomponent);
    } catch (HL7Exception e) {
      throw new IllegalStateException("a segment of any fields has field " + field, e);
    }
  }
}
