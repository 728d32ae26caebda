package io.radstream.serving.panel;

import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.ScoredBy;
import io.radstream.serving.score.ScoredStudy;
import io.radstream.serving.score.StudyScoring;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/** Scores study n, of which the one view is the byte n, as it was told to. */
final class ScriptedModel implements StudyScoring {

  private final String id;
  private final Map<String, IntToDoubleFunction> script;
  private final List<Integer> passes = new ArrayList<>();

  ScriptedModel(String id, Map<String, IntToDoubleFunction> script) {
    this.id = id;
    this.script = new TreeMap<>(script);
  }

  static StudyViews views(int study) {
    return new StudyViews(Optional.empty(), List.of(new byte[] {(byte) study}));
  }

  /** Studies of each pass so far. */
  List<Integer> passes() {
    return passes;
  }

  @Override
  public ModelIdentity identity() {
    return new ModelIdentity(id, "line", 7, Instant.EPOCH);
  }

  @Override
  public List<ScoredStudy> scoreViews(List<StudyViews> studies) {
    passes.add(studies.size());
    return studies.stream().map(views -> scored(views.received().get(0)[0])).toList();
  }

  private ScoredStudy scored(int study) {
    Map<String, Double> probabilities = new TreeMap<>();
    Map<String, ScoredBy> scoredBy = new TreeMap<>();
    script.forEach(
        (finding, score) -> {
          probabilities.put(finding, score.applyAsDouble(study));
          scoredBy.put(finding, ScoredBy.LABELS);
        });
    return new ScoredStudy(
        Optional.empty(),
        identity(),
        probabilities,
        scoredBy,
        new float[] {1},
        1,
        List.of(0, 0, 0));
  }
}
