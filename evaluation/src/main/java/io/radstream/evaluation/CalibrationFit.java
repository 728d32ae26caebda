package io.radstream.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Chooses how the probabilities of a finding are calibrated: by what does best on patients that it
 * was not fitted to, and not at all where that is no better than what the model says.
 */
public final class CalibrationFit {

  /**
   * A labelled study.
   *
   * @param patient the same for all studies of a patient, who are never on both sides of a fold
   */
  public record Study(String patient, Scored scored) {}

  /** Patients of either kind below which nothing is fitted. */
  public static final int LEAST_PATIENTS = 10;

  /** Studies from which a free line is tried too: on fewer it follows chance. */
  public static final int ISOTONIC_STUDIES = 500;

  private static final int FOLDS = 5;

  private final List<Study> studies;
  private final int[] folds;
  private final int present;

  private CalibrationFit(List<Study> studies) {
    this.studies = studies;
    this.present = (int) studies.stream().filter(study -> study.scored.present()).count();
    Map<String, Integer> dealt = dealt(studies);
    this.folds = studies.stream().mapToInt(study -> dealt.get(study.patient)).toArray();
  }

  /**
   * @throws IllegalArgumentException where a score is not a probability
   */
  public static FittedCalibration of(List<Study> studies) {
    return new CalibrationFit(List.copyOf(studies)).fit();
  }

  /**
   * Patients with the finding first, then the others, each in the order of a hash: so the folds are
   * the same every time, and each has its share of both.
   */
  private static Map<String, Integer> dealt(List<Study> studies) {
    Map<String, Boolean> patients = new TreeMap<>();
    studies.forEach(
        study -> patients.merge(study.patient, study.scored.present(), Boolean::logicalOr));
    List<String> order = new ArrayList<>(patients.keySet());
    order.sort(
        Comparator.<String, Boolean>comparing(patients::get)
            .reversed()
            .thenComparingInt(patient -> Draws.of(patient.hashCode(), 0).index(0, 1 << 30)));
    Map<String, Integer> folds = new HashMap<>();
    order.forEach(patient -> folds.put(patient, folds.size() % FOLDS));
    return folds;
  }

  private FittedCalibration fit() {
    if (patients(true) < LEAST_PATIENTS || patients(false) < LEAST_PATIENTS) {
      return without(FittedCalibration.Reason.TOO_FEW, Optional.empty(), Optional.empty());
    }
    CalibrationFigures raw = CalibrationFigures.of(all());
    Optional<Calibration> platt = platt(all());
    Optional<CalibrationFigures> byPlatt = platt.flatMap(whole -> figures(CalibrationFit::platt));
    if (byPlatt.isEmpty()) {
      return without(FittedCalibration.Reason.WRONG_WAY, Optional.of(raw), Optional.empty());
    }
    Optional<CalibrationFigures> byLine =
        studies.size() < ISOTONIC_STUDIES ? Optional.empty() : figures(CalibrationFit::isotonic);
    boolean line = byLine.filter(its -> its.brier() < byPlatt.get().brier()).isPresent();
    CalibrationFigures best = line ? byLine.get() : byPlatt.get();
    if (best.brier() >= raw.brier()) {
      return without(FittedCalibration.Reason.NO_BETTER, Optional.of(raw), Optional.of(best));
    }
    return new FittedCalibration(
        line ? Isotonic.fit(all()) : platt.get(),
        Optional.empty(),
        studies.size(),
        present,
        Optional.of(raw),
        Optional.of(best));
  }

  private FittedCalibration without(
      FittedCalibration.Reason reason,
      Optional<CalibrationFigures> before,
      Optional<CalibrationFigures> after) {
    return new FittedCalibration(
        new Calibration.Identity(), Optional.of(reason), studies.size(), present, before, after);
  }

  private long patients(boolean with) {
    return studies.stream()
        .filter(study -> study.scored.present() == with)
        .map(Study::patient)
        .distinct()
        .count();
  }

  private List<Scored> all() {
    return studies.stream().map(Study::scored).toList();
  }

  private static Optional<Calibration> platt(List<Scored> scores) {
    return Platt.fit(scores).map(found -> found);
  }

  private static Optional<Calibration> isotonic(List<Scored> scores) {
    return Optional.of(Isotonic.fit(scores));
  }

  /** Each study by what was fitted without its fold; empty where a fold fits nothing. */
  private Optional<CalibrationFigures> figures(
      Function<List<Scored>, Optional<Calibration>> method) {
    List<Scored> calibrated = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      int out = fold;
      Optional<Calibration> fitted =
          method.apply(chosen(study -> folds[study] != out).map(Study::scored).toList());
      if (fitted.isEmpty()) {
        return Optional.empty();
      }
      chosen(study -> folds[study] == out)
          .map(Study::scored)
          .map(one -> new Scored(fitted.get().of(one.score()), one.present()))
          .forEach(calibrated::add);
    }
    return Optional.of(CalibrationFigures.of(calibrated));
  }

  private Stream<Study> chosen(IntPredicate which) {
    return IntStream.range(0, studies.size()).filter(which).mapToObj(studies::get);
  }
}
