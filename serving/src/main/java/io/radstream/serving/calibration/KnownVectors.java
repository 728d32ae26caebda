package io.radstream.serving.calibration;

import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyViews;
import io.radstream.radiology.study.UnusableViewException;
import io.radstream.serving.score.ScoredStudy;
import io.radstream.serving.score.ScoringModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a model makes of the studies that it knows.
 *
 * @param vectors of the studies
 * @param sketches of their views, but for blank ones
 */
record KnownVectors(List<float[]> vectors, List<float[]> sketches) {

  /**
   * Studies that cannot be read are left out.
   *
   * @param parts of the studies, each small enough for one pass
   */
  static KnownVectors of(ScoringModel model, List<List<StudyViews>> parts, Effort effort) {
    KnownVectors known = new KnownVectors(new ArrayList<>(), new ArrayList<>());
    for (List<StudyViews> part : parts) {
      List<StudyInput> usable =
          part.stream().flatMap(study -> prepared(model, study).stream()).toList();
      if (!usable.isEmpty()) {
        model.score(usable).stream().map(ScoredStudy::vector).forEach(known.vectors::add);
      }
      usable.stream()
          .flatMap(study -> ScoringModel.sketches(study).stream())
          .filter(KnownVectors::isNotBlank)
          .forEach(known.sketches::add);
      effort.scored(part.size());
    }
    return known;
  }

  private static Optional<StudyInput> prepared(ScoringModel model, StudyViews study) {
    try {
      return Optional.of(model.prepare(study));
    } catch (UnusableViewException e) {
      return Optional.empty();
    }
  }

  private static boolean isNotBlank(float[] sketch) {
    for (float cell : sketch) {
      if (cell != 0) {
        return true;
      }
    }
    return false;
  }

  /** How many of either there are, where that is fewer. */
  int least() {
    return Math.min(vectors.size(), sketches.size());
  }
}
