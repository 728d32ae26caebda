package io.radstream.serving.worklist;

import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.ReaderVerdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What readers say of a study: of each reader the last, until it is taken back.
 *
 * @param said finding to what was said of it, the last first, of each reader once; never empty
 */
record StudyVerdicts(Map<String, List<FindingVerdict>> said) {

  static final StudyVerdicts NONE = new StudyVerdicts(Map.of());

  StudyVerdicts {
    said = Map.copyOf(said);
  }

  /**
   * The same once that was said behind it.
   *
   * @param label with a verdict
   */
  StudyVerdicts then(LabelledStudy label) {
    Map<String, List<FindingVerdict>> all = new HashMap<>(said);
    label
        .getLabels()
        .forEach(
            (finding, value) -> {
              List<FindingVerdict> now =
                  now(all.getOrDefault(finding, List.of()), label.getVerdict(), value);
              if (now.isEmpty()) {
                all.remove(finding);
              } else {
                all.put(finding, now);
              }
            });
    return new StudyVerdicts(all);
  }

  private static List<FindingVerdict> now(
      List<FindingVerdict> before, ReaderVerdict verdict, double value) {
    List<FindingVerdict> now = new ArrayList<>(before);
    now.removeIf(said -> said.reader().equals(verdict.getReader()));
    if (!Double.isNaN(value)) {
      now.add(
          0,
          new FindingVerdict(
              value >= FindingVerdict.HALF,
              verdict.getReader(),
              verdict.getTime(),
              verdict.getCheckpointId()));
    }
    return List.copyOf(now);
  }
}
