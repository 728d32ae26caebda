package io.radstream.serving.panel;

import io.radstream.evaluation.Auc;
import io.radstream.evaluation.Bootstrap;
import io.radstream.evaluation.Figure;
import io.radstream.evaluation.Interval;
import io.radstream.evaluation.Reliability;
import io.radstream.evaluation.Scored;
import io.radstream.serving.fleet.Exam;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A candidate beside the live model on the same studies, finding by finding. Patients are drawn,
 * not studies, since those of one patient are not independent.
 */
final class PanelComparison {

  private static final int CALIBRATION_BINS = 10;

  /** By patient, so that a draw takes all studies of one or none. */
  private static final Figure<List<Scored>> AUC = patients -> Auc.of(flat(patients));

  private final Panel panel;
  private final GateSettings settings;
  private final PanelScores candidate;
  private final Optional<PanelScores> live;
  private final Map<String, Double> figures = new TreeMap<>();

  PanelComparison(
      Panel panel, GateSettings settings, PanelScores candidate, Optional<PanelScores> live) {
    this.panel = panel;
    this.settings = settings;
    this.candidate = candidate;
    this.live = live;
  }

  boolean isCompared() {
    return live.isPresent();
  }

  /** Findings that the live one scores and the candidate does not. */
  List<String> missing() {
    return live.map(PanelScores::findings).stream()
        .flatMap(Collection::stream)
        .filter(finding -> !candidate.findings().contains(finding))
        .sorted()
        .toList();
  }

  /** What was measured so far, by name. */
  Map<String, Double> figures() {
    return figures;
  }

  /**
   * Every finding that the candidate scores and that enough patients have, and have not, in the
   * order of their names.
   *
   * @throws io.radstream.serving.fleet.JudgingStoppedException where the service stops meanwhile
   */
  List<JudgedFinding> judge(Exam exam) {
    panel.findings().forEach(this::count);
    List<String> enough =
        panel.findings(settings.least()).stream().filter(candidate.findings()::contains).toList();
    figures.put(FigureNames.STUDIES, (double) panel.studies().size());
    figures.put(FigureNames.FINDINGS, (double) enough.size());
    live.ifPresent(this::measureMoves);
    List<JudgedFinding> judged = new ArrayList<>();
    for (String finding : enough) {
      exam.requireGoingOn();
      judged.add(judge(finding, bootstrap(enough.size())));
    }
    return judged;
  }

  private void count(String finding) {
    figures.put(FigureNames.present(finding), (double) count(finding, true));
    figures.put(FigureNames.absent(finding), (double) count(finding, false));
  }

  private long count(String finding, boolean there) {
    return panel.studies().stream()
        .filter(study -> Boolean.valueOf(there).equals(study.labels().get(finding)))
        .count();
  }

  /** Bonferroni: so many chances to look worse by luck share what is left outside the level. */
  private Bootstrap bootstrap(int findings) {
    return new Bootstrap(panel.seed(), settings.rounds(), 1 - (1 - settings.level()) / findings);
  }

  private JudgedFinding judge(String finding, Bootstrap bootstrap) {
    List<List<Scored>> mine = byPatient(finding, candidate);
    double auc = measure("", finding, mine);
    bootstrap.interval(mine, AUC).ifPresent(ends -> put(FigureNames.auc(finding), ends));
    return new JudgedFinding(
        finding,
        auc,
        live.filter(other -> other.findings().contains(finding))
            .flatMap(other -> against(finding, bootstrap, mine, byPatient(finding, other))));
  }

  private Optional<JudgedFinding.Against> against(
      String finding, Bootstrap bootstrap, List<List<Scored>> mine, List<List<Scored>> others) {
    double auc = measure(FigureNames.OF_LIVE, finding, others);
    bootstrap
        .interval(others, AUC)
        .ifPresent(ends -> put(FigureNames.auc(finding) + FigureNames.OF_LIVE, ends));
    Optional<Interval> difference = bootstrap.ofDifference(mine, others, AUC);
    difference.ifPresent(ends -> put(FigureNames.difference(finding), ends));
    return difference.map(interval -> new JudgedFinding.Against(auc, interval));
  }

  /** AUC and calibration error; the AUC is given back. */
  private double measure(String whose, String finding, List<List<Scored>> scores) {
    double auc = AUC.of(scores).orElseThrow();
    figures.put(FigureNames.auc(finding) + whose, auc);
    OptionalDouble error = Reliability.equalCount(flat(scores), CALIBRATION_BINS).expectedError();
    error.ifPresent(ece -> figures.put(FigureNames.ece(finding) + whose, ece));
    return auc;
  }

  private void put(String name, Interval interval) {
    figures.put(name + FigureNames.LOW, interval.low());
    figures.put(name + FigureNames.HIGH, interval.high());
  }

  private List<List<Scored>> byPatient(String finding, PanelScores scores) {
    Map<String, List<Scored>> patients = new LinkedHashMap<>();
    for (int i = 0; i < panel.studies().size(); i++) {
      PanelStudy study = panel.studies().get(i);
      Boolean there = study.labels().get(finding);
      if (there != null) {
        patients
            .computeIfAbsent(study.patient(), patient -> new ArrayList<>())
            .add(new Scored(scores.of(i, finding), there));
      }
    }
    return List.copyOf(patients.values());
  }

  private static List<Scored> flat(List<List<Scored>> patients) {
    return patients.stream().flatMap(Collection::stream).toList();
  }

  /** Of all studies, labelled with the finding or not. */
  private void measureMoves(PanelScores other) {
    for (String finding : candidate.findings()) {
      if (other.findings().contains(finding)) {
        double moved =
            IntStream.range(0, panel.studies().size())
                .filter(i -> isMoved(candidate.of(i, finding), other.of(i, finding)))
                .count();
        figures.put(FigureNames.moved(finding), moved / panel.studies().size());
      }
    }
  }

  private boolean isMoved(double now, double before) {
    return Math.abs(now - before) > settings.moved();
  }
}
