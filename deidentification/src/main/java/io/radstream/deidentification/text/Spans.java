package io.radstream.deidentification.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts what was found at one text together. */
final class Spans {

  /** Pieces of these become one where nothing but a mark is between them. */
  private static final Set<Kind> WORDS = Set.of(Kind.NAME, Kind.ADDRESS);

  /** Between two pieces of one sort that become one. */
  private static final String GAP = "(?:\\.|[ ,-]{0,2})";

  private static final Comparator<Span> ORDER =
      Comparator.comparingInt(Span::start)
          .thenComparing(Comparator.comparingInt(Span::end).reversed())
          .thenComparing(Span::kind);

  private Spans() {}

  static Scrubbed apply(ReportText text, List<Span> found) {
    StringBuilder scrubbed = new StringBuilder(text.original().length());
    Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    int from = 0;
    for (Span span : joined(text, apart(found))) {
      scrubbed.append(text.original(), from, span.start()).append(span.replacement());
      counts.merge(span.kind(), 1L, Long::sum);
      from = span.end();
    }
    scrubbed.append(text.original(), from, text.original().length());
    return new Scrubbed(scrubbed.toString(), counts);
  }

  /** Where two overlap and neither holds the other, all of both goes. */
  private static List<Span> apart(List<Span> found) {
    List<Span> apart = new ArrayList<>();
    for (Span span : found.stream().sorted(ORDER).toList()) {
      Span last = apart.isEmpty() ? null : apart.get(apart.size() - 1);
      if (last == null || last.end() <= span.start()) {
        apart.add(span);
      } else if (!last.contains(span)) {
        Kind kind = last.length() >= span.length() ? last.kind() : span.kind();
        apart.set(apart.size() - 1, Span.out(last.start(), span.end(), kind));
      }
    }
    return apart;
  }

  private static List<Span> joined(ReportText text, List<Span> apart) {
    List<Span> joined = new ArrayList<>();
    for (Span span : apart) {
      Span last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      boolean one =
          last != null
              && last.isOut()
              && span.isOut()
              && last.kind() == span.kind()
              && WORDS.contains(span.kind())
              && text.between(last.end(), span.start()).matches(GAP);
      if (one) {
        joined.set(joined.size() - 1, Span.out(last.start(), span.end(), span.kind()));
      } else {
        joined.add(span);
      }
    }
    return joined;
  }
}
