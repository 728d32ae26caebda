package io.radstream.evaluation.labels;

import java.util.Set;

/**
 * What two reports of a study say is there.
 *
 * @param generated labels of the one that is measured
 * @param reference labels of the one that it is measured by
 */
public record LabelPair(Set<String> generated, Set<String> reference) {

  public LabelPair {
    generated = Set.copyOf(generated);
    reference = Set.copyOf(reference);
  }
}
