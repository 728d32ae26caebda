package io.radstream.evaluation.text;

import java.util.List;

/**
 * Two reports of a study, as tokens.
 *
 * @param generated the one that is measured
 * @param reference the one that it is measured by
 */
public record ReportPair(List<String> generated, List<String> reference) {

  public ReportPair {
    generated = List.copyOf(generated);
    reference = List.copyOf(reference);
  }
}
