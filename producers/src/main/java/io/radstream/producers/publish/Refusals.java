package io.radstream.producers.publish;

import io.radstream.producers.publish.PublishSummary.Refusal;
import io.radstream.schemas.RejectionReason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what was not sent. One thread. */
final class Refusals {

  private final Map<RejectionReason, Long> counts = new EnumMap<>(RejectionReason.class);
  private final List<Refusal> examples = new ArrayList<>();

  void add(long number, RejectionReason reason, String explanation) {
    counts.merge(reason, 1L, Long::sum);
    if (examples.size() < PublishSummary.EXAMPLES) {
      examples.add(new Refusal(number, reason, explanation));
    }
  }

  Map<RejectionReason, Long> counts() {
    return counts;
  }

  List<Refusal> examples() {
    return examples;
  }
}
