package io.radstream.trainer.testing;

import io.radstream.evaluation.findings.JudgedSplit;
import io.radstream.evaluation.findings.OperatingRule;
import io.radstream.schemas.Topic;
import io.radstream.trainer.tuples.SourceRange;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From which probability on a checkpoint tells of each finding, and where that is from.
 *
 * @param split whose studies gave it
 * @param ranges of tuples and labels that were read for it
 * @param thresholds by finding; none of a finding of which either kind of study is missing there
 */
public record OperatingPoints(
    OperatingRule rule, Topic split, List<SourceRange> ranges, Map<String, Double> thresholds) {

  public OperatingPoints {
    ranges = List.copyOf(ranges);
    thresholds = Collections.unmodifiableMap(new LinkedHashMap<>(thresholds));
  }

  static OperatingPoints of(OperatingRule rule, Topic split, ScoredSplit scored) {
    JudgedSplit judged = scored.judged();
    Map<String, Double> thresholds = new LinkedHashMap<>();
    for (String finding : scored.findings()) {
      rule.threshold(judged.scores(finding)).ifPresent(at -> thresholds.put(finding, at));
    }
    return new OperatingPoints(rule, split, scored.ranges(), thresholds);
  }
}
