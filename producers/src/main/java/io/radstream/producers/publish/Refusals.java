package io.radstream.producers.publish;

import io.radstream.producers.publish.PublishSummary.Refusal;
import io.radstream.schemas.RejectionReason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what was not sent. Thread-safe. */
final class Refusals {

  private final Map<RejectionReason, Long> counts = new EnumMap<>(RejectionReason.class);
  private final List<Refusal> examples = new ArrayList<>();

  synchronized void add(long number, RejectionReason reason, String explanation) {
    counts.merge(reason, 1L, Long::sum);
    if (examples.size() < PublishSummary.EXAMPLES) {
      examples.add(new Refusal(number, reason, explanation));
    }
  }

  synchronized Map<RejectionReason, Long> counts() {
    return Map.copyOf(counts);
  }

  synchronized List<Refusal> examples() {
    return List.copyOf(examples);
  }
}
