package io.radstream.serving.arrivals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which offsets of a partition are done.
 *
 * @param spans apart from each other, in order
 */
record DoneOffsets(List<Span> spans) {

  static final DoneOffsets NONE = new DoneOffsets(List.of());

  /**
   * @param end exclusive
   */
  record Span(long begin, long end) {

    boolean isEmpty() {
      return begin >= end;
    }
  }

  DoneOffsets {
    spans = List.copyOf(spans);
  }

  /** As {@link #toString} writes it; nothing is done where it is blank. */
  static DoneOffsets parse(String text) {
    if (text.isBlank()) {
      return NONE;
    }
    return new DoneOffsets(
        Arrays.stream(text.split(",", -1))
            .map(part -> part.split("-", -1))
            .map(ends -> new Span(Long.parseLong(ends[0]), Long.parseLong(ends[1])))
            .toList());
  }

  /** With these, too. */
  DoneOffsets with(Span more) {
    List<Span> all = new ArrayList<>(spans);
    all.add(more);
    all.sort(Comparator.comparingLong(Span::begin));
    List<Span> joined = new ArrayList<>();
    for (Span next : all) {
      Span last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last == null || next.begin() > last.end()) {
        joined.add(next);
      } else {
        joined.set(joined.size() - 1, new Span(last.begin(), Math.max(last.end(), next.end())));
      }
    }
    return new DoneOffsets(joined);
  }

  /** What of these is left to do, in order. */
  List<Span> leftOf(Span wanted) {
    List<Span> left = new ArrayList<>();
    long from = wanted.begin();
    for (Span done : spans) {
      left.add(new Span(from, Math.min(done.begin(), wanted.end())));
      from = Math.max(from, done.end());
    }
    left.add(new Span(from, wanted.end()));
    return left.stream().filter(span -> !span.isEmpty()).toList();
  }

  @Override
  public String toString() {
    return spans.stream()
        .map(span -> span.begin() + "-" + span.end())
        .collect(Collectors.joining(","));
  }
}
