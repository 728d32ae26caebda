package io.radstream.serving.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.radstream.serving.worklist.Difference;
import io.radstream.serving.worklist.FindingVerdict;
import io.radstream.serving.worklist.ListedStudy;
import io.radstream.serving.worklist.Verdict;
import io.radstream.serving.worklist.WorklistEntry;
import io.radstream.serving.worklist.WorklistPage;
import io.radstream.serving.worklist.WorklistQuestion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A page of the worklist as JSON.
 *
 * @param reader under whose name the caller's verdicts are written down
 * @param total on all pages now
 * @param next to be given as {@code after}; null on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WorklistAnswer(
    String order, String reader, int total, List<StudyAnswer> studies, String next) {

  /**
   * A study.
   *
   * @param finding the one that it is listed for; null where there is none
   * @param disagreements of two checkpoints, the largest first
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StudyAnswer(
      String studyId,
      Long revision,
      String scoredAt,
      String checkpoint,
      String finding,
      Double probability,
      Map<String, Double> probabilities,
      List<String> uncertain,
      List<Difference> disagreements,
      String refused,
      Map<String, VerdictAnswer> verdicts) {}

  /**
   * What a reader said of a finding.
   *
   * @param others of other readers, the last first; null where this is one of them
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record VerdictAnswer(
      boolean present,
      Boolean agrees,
      String reader,
      String at,
      String checkpoint,
      List<VerdictAnswer> others) {}

  /** A verdict that was written down. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Recorded(
      String studyId,
      String checkpoint,
      String reader,
      @JsonInclude(JsonInclude.Include.ALWAYS) Map<String, Boolean> agrees,
      List<String> takenBack) {}

  static WorklistAnswer of(WorklistPage page, WorklistQuestion question, String reader) {
    List<WorklistEntry> studies = page.studies();
    return new WorklistAnswer(
        question.order().name().toLowerCase(Locale.ROOT),
        reader,
        page.matching(),
        studies.stream().map(WorklistAnswer::study).toList(),
        page.goesOn()
            ? WorklistCursor.write(studies.get(studies.size() - 1).standing(), question)
            : null);
  }

  private static StudyAnswer study(WorklistEntry entry) {
    ListedStudy study = entry.study();
    boolean scored = study.refused().isEmpty();
    Map<String, VerdictAnswer> verdicts = new TreeMap<>();
    entry
        .verdicts()
        .forEach((finding, said) -> verdicts.put(finding, verdicts(study, finding, said)));
    return new StudyAnswer(
        study.studyId(),
        study.revision() < 0 ? null : study.revision(),
        study.scoredAt().toString(),
        scored ? study.checkpoint() : null,
        entry.finding().orElse(null),
        entry.finding().map(study.probabilities()::get).orElse(null),
        scored ? new TreeMap<>(study.probabilities()) : null,
        entry.uncertain(),
        entry.differences(),
        study.refused().orElse(null),
        verdicts);
  }

  private static VerdictAnswer verdicts(
      ListedStudy study, String finding, List<FindingVerdict> said) {
    List<VerdictAnswer> others =
        said.stream().skip(1).map(other -> verdict(study, finding, other, null)).toList();
    return verdict(study, finding, said.get(0), others);
  }

  /** Whether the reader agrees with the score that is listed, whichever was looked at. */
  private static VerdictAnswer verdict(
      ListedStudy study, String finding, FindingVerdict said, List<VerdictAnswer> others) {
    Double probability = study.probabilities().get(finding);
    return new VerdictAnswer(
        said.present(),
        probability == null ? null : said.agrees(probability),
        said.reader(),
        said.at().toString(),
        said.checkpoint(),
        others);
  }

  static Recorded recorded(ListedStudy study, Verdict verdict) {
    Map<String, Boolean> agrees = new TreeMap<>();
    verdict.present().keySet().forEach(name -> agrees.put(name, verdict.agrees(study, name)));
    return new Recorded(
        study.studyId(),
        verdict.checkpoint(),
        verdict.reader(),
        agrees,
        verdict.takenBack().stream().sorted().toList());
  }
}
