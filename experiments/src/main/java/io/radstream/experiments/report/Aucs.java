package io.radstream.experiments.report;

import io.radstream.evaluation.Auc;
import io.radstream.evaluation.Scored;
import io.radstream.experiments.results.TestedStudy;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Areas under the ROC curve of a network's findings. */
final class Aucs {

  private Aucs() {}

  /** By finding; empty where no study has it, or none is without it. */
  static List<OptionalDouble> byFinding(List<TestedStudy> studies, int findings) {
    return IntStream.range(0, findings).mapToObj(finding -> of(studies, finding)).toList();
  }

  /** The mean over findings that have an area; empty where none has. */
  static OptionalDouble mean(List<TestedStudy> studies, int findings) {
    return byFinding(studies, findings).stream().flatMapToDouble(OptionalDouble::stream).average();
  }

  private static OptionalDouble of(List<TestedStudy> studies, int finding) {
    return Auc.of(
        studies.stream()
            .filter(study -> study.present().get(finding) != null)
            .map(study -> new Scored(study.scores().get(finding), study.present().get(finding)))
            .toList());
  }
}
