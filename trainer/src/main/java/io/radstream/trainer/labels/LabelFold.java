package io.radstream.trainer.labels;

import io.radstream.schemas.LabelledStudy;
import io.radstream.trainer.config.LabelRules.Verdicts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of studies once their records came in order. Verdicts are kept apart, since nothing
 * is judged by them. For one thread.
 */
final class LabelFold {

  /** A label of a source that is no reader. */
  private static final String NO_READER = "";

  private final List<String> findings;
  private final Verdicts rule;
  private final Map<String, float[]> others = new HashMap<>();

  /** What counts before {@link #others}; only of studies with a verdict. */
  private final Map<String, SaidOfStudy> said = new HashMap<>();

  LabelFold(List<String> findings, Verdicts rule) {
    this.findings = findings;
    this.rule = rule;
  }

  void add(LabelledStudy labelled) {
    String study = labelled.getId();
    if (labelled.getVerdict() == null) {
      put(others, labelled);
      if (rule == Verdicts.LATEST && said.containsKey(study)) {
        say(NO_READER, labelled);
      }
    } else if (rule != Verdicts.LEAVE_OUT) {
      say(labelled.getVerdict().getReader(), labelled);
    }
  }

  private void say(String reader, LabelledStudy labelled) {
    SaidOfStudy all =
        said.computeIfAbsent(labelled.getId(), id -> new SaidOfStudy(findings.size()));
    for (int i = 0; i < findings.size(); i++) {
      Double label = labelled.getLabels().get(findings.get(i));
      if (label != null) {
        all.put(i, reader, label.floatValue());
      }
    }
  }

  private void put(Map<String, float[]> byStudy, LabelledStudy labelled) {
    for (int i = 0; i < findings.size(); i++) {
      Double label = labelled.getLabels().get(findings.get(i));
      if (label != null) {
        byStudy.computeIfAbsent(labelled.getId(), id -> unknown())[i] = label.floatValue();
      }
    }
  }

  private float[] unknown() {
    float[] labels = new float[findings.size()];
    Arrays.fill(labels, Float.NaN);
    return labels;
  }

  /** One value for each finding, NaN where it is not known; no verdict is among them. */
  Map<String, float[]> judging() {
    return others;
  }

  /** The same with verdicts as the rule has it. */
  Map<String, float[]> teaching() {
    if (said.isEmpty()) {
      return others;
    }
    Map<String, float[]> both = new HashMap<>(others);
    said.forEach(
        (study, all) -> {
          if (!all.isEmpty()) {
            both.merge(study, all.last(), LabelFold::over);
          }
        });
    return both;
  }

  private static float[] over(float[] below, float[] above) {
    float[] both = below.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] = Float.isNaN(above[i]) ? below[i] : above[i];
    }
    return both;
  }
}
