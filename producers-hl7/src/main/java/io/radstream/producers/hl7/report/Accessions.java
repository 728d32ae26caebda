package io.radstream.producers.hl7.report;

import io.radstream.producers.hl7.message.Hl7Segment;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Accession numbers of an order: of the first field that has any, all of its repetitions, and of a
 * list all that are in it, without their issuer.
 *
 * @param fields in which they are looked for, in this order
 */
record Accessions(List<FieldPath> fields) {

  /** Study UIDs: of DICOM's scheduling segment, and of the segment of IHE that came before it. */
  private static final List<FieldPath> UIDS = FieldPath.list("IPC-3,ZDS-1");

  private static final String OBSERVED_UID = "113014";

  Set<String> of(Order order) {
    for (FieldPath path : fields) {
      Set<String> found = new LinkedHashSet<>();
      order.all(path.segment()).forEach(segment -> found.addAll(of(segment, path.field())));
      if (!found.isEmpty()) {
        return found;
      }
    }
    return Set.of();
  }

  private static Set<String> of(Hl7Segment segment, int field) {
    Set<String> found = new LinkedHashSet<>();
    for (int each = 1; each <= segment.repetitions(field); each++) {
      found.addAll(split(segment.value(field, each, 1)));
    }
    return found;
  }

  /** A list in one field: with commas or semicolons. */
  static List<String> split(String value) {
    return Stream.of(value.split("[,;]")).map(String::strip).filter(it -> !it.isEmpty()).toList();
  }

  /** Empty where the order names none. */
  static String studyUid(Order order) {
    Stream<String> named = UIDS.stream().map(path -> order.value(path.segment(), path.field()));
    Stream<String> observed =
        order.observations().stream()
            .filter(it -> it.value(3).equals(OBSERVED_UID))
            .map(it -> it.value(5));
    return Stream.concat(named, observed).filter(it -> !it.isEmpty()).findFirst().orElse("");
  }
}
