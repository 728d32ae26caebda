package io.radstream.serving.worklist;

import io.radstream.serving.compare.Comparison;
import io.radstream.serving.compare.Disagreement;
import io.radstream.serving.score.ModelIdentity;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes a page of the studies that there are. */
final class WorklistSelection {

  private record Beside(Comparison pair, Disagreement study) {}

  private final WorklistQuestion question;
  private final Ranking ranking;
  private final Map<String, List<Beside>> beside = new HashMap<>();

  WorklistSelection(WorklistQuestion question, Ranking ranking, List<Comparison> comparisons) {
    this.question = question;
    this.ranking = ranking;
    comparisons.forEach(
        pair ->
            pair.worklist()
                .forEach(
                    study ->
                        study
                            .studyId()
                            .ifPresent(
                                id ->
                                    beside.merge(
                                        id,
                                        List.of(new Beside(pair, study)),
                                        WorklistSelection::both))));
  }

  private static List<Beside> both(List<Beside> one, List<Beside> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  WorklistPage of(List<ListedStudy> studies, Map<String, StudyVerdicts> verdicts) {
    List<WorklistEntry> matching =
        studies.stream()
            .filter(this::isWanted)
            .map(study -> entry(study, verdicts.getOrDefault(study.studyId(), StudyVerdicts.NONE)))
            .filter(entry -> !question.unread() || entry.verdicts().isEmpty())
            .sorted(Comparator.comparing(WorklistEntry::standing))
            .toList();
    List<WorklistEntry> behind =
        question
            .after()
            .map(
                after ->
                    matching.stream()
                        .filter(entry -> entry.standing().compareTo(after) > 0)
                        .toList())
            .orElse(matching);
    return new WorklistPage(
        behind.stream().limit(question.count()).toList(),
        matching.size(),
        behind.size() > question.count());
  }

  /** One that could not be scored is wanted where no finding is asked for: nobody knows. */
  private boolean isWanted(ListedStudy study) {
    if (study.refused().isPresent()) {
      return question.finding().isEmpty() && question.least() == 0;
    }
    return ranking
        .highest(study)
        .map(highest -> highest.getValue() >= question.least())
        .orElseGet(() -> question.finding().isEmpty() && question.least() == 0);
  }

  private WorklistEntry entry(ListedStudy study, StudyVerdicts verdicts) {
    List<Difference> differences =
        ranking
            .differences(
                study,
                beside.getOrDefault(study.studyId(), List.of()).stream()
                    .flatMap(one -> difference(study, one)))
            .toList();
    return new WorklistEntry(
        study,
        Standing.of(ranking.value(question.order(), study, differences), study),
        ranking.highest(study).map(Map.Entry::getKey),
        ranking.uncertain(study),
        differences.stream().filter(one -> one.size() > Ranking.MOVED).toList(),
        verdicts.said());
  }

  /**
   * Callers of {@code /v1/score} may give their studies any name: one of whom the listed
   * probability is not the very same is another study.
   */
  private static Stream<Difference> difference(ListedStudy study, Beside one) {
    Disagreement found = one.study();
    Double listed = study.probabilities().get(found.finding());
    if (listed == null) {
      return Stream.empty();
    }
    if (isBy(one.pair().live(), study) && listed == found.live()) {
      String other = one.pair().trial().checkpointId();
      return Stream.of(new Difference(found.finding(), listed, other, found.trial()));
    }
    if (isBy(one.pair().trial(), study) && listed == found.trial()) {
      String other = one.pair().live().checkpointId();
      return Stream.of(new Difference(found.finding(), listed, other, found.live()));
    }
    return Stream.empty();
  }

  private static boolean isBy(ModelIdentity model, ListedStudy study) {
    return model.checkpointId().equals(study.checkpoint());
  }
}
