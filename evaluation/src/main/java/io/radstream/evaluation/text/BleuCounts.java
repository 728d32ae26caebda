package io.radstream.evaluation.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@link Bleu} needs of a report, counted once however often the report is drawn.
 *
 * @param generated tokens of the written report
 * @param reference tokens of the known one
 * @param found by length, from 1: sequences of the written report that the known one has too, each
 *     as often as it has it at most
 */
public record BleuCounts(int generated, int reference, List<Integer> found) {

  public BleuCounts {
    found = List.copyOf(found);
  }

  /**
   * @param longest sequence, in tokens; at least the order of the figure
   */
  public static BleuCounts of(ReportPair report, int longest) {
    List<Integer> found = new ArrayList<>();
    for (int length = 1; length <= longest; length++) {
      Map<List<String>, Integer> known = Sequences.of(report.reference(), length);
      found.add(
          Sequences.of(report.generated(), length).entrySet().stream()
              .mapToInt(own -> Math.min(own.getValue(), known.getOrDefault(own.getKey(), 0)))
              .sum());
    }
    return new BleuCounts(report.generated().size(), report.reference().size(), found);
  }

  /** Sequences of the written report that have so many tokens. */
  int all(int length) {
    return Math.max(0, generated - length + 1);
  }
}
