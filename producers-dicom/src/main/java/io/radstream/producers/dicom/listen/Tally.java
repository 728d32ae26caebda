package io.radstream.producers.dicom.listen;

import io.radstream.producers.dicom.listen.dimse.Status;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the C-STOREs of an association were answered, for a log. */
final class Tally {

  private final Map<Integer, Integer> counts = new TreeMap<>();

  void count(Status status) {
    counts.merge(status.code(), 1, Integer::sum);
  }

  /** As "12 of 0000H, 1 of B006H". */
  @Override
  public String toString() {
    return counts.isEmpty()
        ? "nothing stored"
        : counts.entrySet().stream()
            .map(it -> String.format(Locale.ROOT, "%d of %04XH", it.getValue(), it.getKey()))
            .collect(Collectors.joining(", "));
  }
}
