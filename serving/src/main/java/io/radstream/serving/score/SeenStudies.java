package io.radstream.serving.score;

import io.radstream.radiology.study.StudyInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What one pass through the network gave, to be read study by study: the device has done its part,
 * and goes on meanwhile. Thread-safe.
 */
final class SeenStudies {

  private final ModelIdentity identity;
  private final FindingScorer findings;
  private final Map<String, FindingScorer> named;
  private final ModelCalibration calibration;
  private final List<StudyInput> studies;
  private final StudyNetwork.Seen seen;

  /** One for all, by which it is seen that they were in one pass; null while there is none. */
  private IllegalStateException noNumber;

  /** Of each study; null while nobody has asked. */
  private List<Integer> pictures;

  /**
   * @param named scorers of sets of findings
   * @param calibration how its answers are read, whatever comes meanwhile
   * @throws IllegalStateException where the network has left out one of the studies
   */
  SeenStudies(
      ModelIdentity identity,
      FindingScorer findings,
      Map<String, FindingScorer> named,
      ModelCalibration calibration,
      List<StudyInput> studies,
      StudyNetwork.Seen seen) {
    int answered =
        Math.min(
            seen.vectors().length, seen.findings().map(rows -> rows.length).orElse(studies.size()));
    if (answered < studies.size()) {
      throw new IllegalStateException(
          "the network gave %d answers to %d studies".formatted(answered, studies.size()));
    }
    this.identity = identity;
    this.findings = findings;
    this.named = named;
    this.calibration = calibration;
    this.studies = List.copyOf(studies);
    this.seen = seen;
  }

  /**
   * @param row of the pass
   * @throws IllegalStateException where the network gave what is no number
   */
  ScoredStudy read(int row) {
    StudyInput study = studies.get(row);
    float[] vector = seen.vectors()[row];
    Optional<Familiarity> known = calibration.familiarity(vector, study.images());
    Function<FindingScorer, NamedScores.Scores> scores = scorer -> scores(scorer, row, known);
    NamedScores.Scores all = scores.apply(findings);
    ScoredStudy scored =
        new ScoredStudy(
            study.studyId(),
            identity,
            all.probabilities(),
            all.scoredBy(),
            vector,
            study.distinctViews(),
            study.selection(),
            new Pass(pictures(), row),
            set -> Optional.ofNullable(named.get(set)).map(scores),
            all.reading());
    if (!scored.isFinite()) {
      throw noNumber();
    }
    return scored;
  }

  /** Not on the device's thread, which has other things to do. */
  private synchronized List<Integer> pictures() {
    if (pictures == null) {
      pictures = studies.stream().map(StudyInput::pictures).toList();
    }
    return pictures;
  }

  private synchronized IllegalStateException noNumber() {
    if (noNumber == null) {
      noNumber = new IllegalStateException("the network gave what is no number");
    }
    return noNumber;
  }

  List<ScoredStudy> readAll() {
    return IntStream.range(0, studies.size()).mapToObj(this::read).toList();
  }

  private NamedScores.Scores scores(
      FindingScorer scorer, int row, Optional<Familiarity> familiarity) {
    Map<String, Double> probabilities = scorer.probabilities(seen, row);
    return new NamedScores.Scores(
        probabilities,
        scorer.scoredBy(),
        calibration.read(scorer.ways(), probabilities, familiarity));
  }
}
