package io.radstream.experiments.report;

import io.radstream.experiments.results.TestedStudy;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many studies of a split are known to have a finding, and how many not to have it: how much an
 * area under the curve rests on.
 */
record Known(long with, long without) {

  /** By finding. */
  static List<Known> of(List<TestedStudy> studies, int findings) {
    return IntStream.range(0, findings)
        .mapToObj(
            finding -> new Known(count(studies, finding, true), count(studies, finding, false)))
        .toList();
  }

  private static long count(List<TestedStudy> studies, int finding, boolean present) {
    return studies.stream()
        .filter(study -> Boolean.valueOf(present).equals(study.present().get(finding)))
        .count();
  }
}
