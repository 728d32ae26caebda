package io.radstream.producers.hl7.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A field of a segment, as {@code OBR-18}.
 *
 * @param segment its name
 * @param field from 1
 */
public record FieldPath(String segment, int field) {

  private static final Pattern SHAPE = Pattern.compile("([A-Z][A-Z0-9]{2})-([1-9]\\d?)");

  /**
   * @param text fields, with commas between them
   * @throws IllegalArgumentException where it is none
   */
  public static List<FieldPath> list(String text) {
    List<FieldPath> paths = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      Matcher parts = SHAPE.matcher(each.strip());
      if (!parts.matches()) {
        throw new IllegalArgumentException(
            "not a field such as OBR-18 or IPC-1, of segments with commas between them: " + each);
      }
      paths.add(new FieldPath(parts.group(1), Integer.parseInt(parts.group(2))));
    }
    return List.copyOf(paths);
  }
}
