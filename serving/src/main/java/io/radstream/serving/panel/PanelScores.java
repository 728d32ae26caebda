package io.radstream.serving.panel;

import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.fleet.Exam;
import io.radstream.serving.score.ScoredStudy;
import io.radstream.serving.score.StudyScoring;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one model makes of the studies of a panel.
 *
 * @param byStudy finding to probability, in the order of the panel
 */
record PanelScores(List<Map<String, Double>> byStudy) {

  /**
   * @throws io.radstream.serving.fleet.JudgingStoppedException where the service stops meanwhile
   * @throws RuntimeException as the model fails on a study
   */
  static PanelScores of(Panel panel, StudyScoring model, Exam exam) {
    List<Map<String, Double>> scores = new ArrayList<>();
    for (List<StudyViews> some : StudyScoring.parts(panel.views())) {
      exam.requireGoingOn();
      model.scoreViews(some).stream().map(ScoredStudy::probabilities).forEach(scores::add);
    }
    return new PanelScores(List.copyOf(scores));
  }

  /** A model scores the same findings in every study. */
  Set<String> findings() {
    return byStudy.get(0).keySet();
  }

  double of(int study, String finding) {
    return byStudy.get(study).get(finding);
  }
}
