package io.radstream.serving.worklist;

import static io.radstream.serving.worklist.Scores.NOW;
import static io.radstream.serving.worklist.Scores.refused;
import static io.radstream.serving.worklist.Scores.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.StudyScore;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.schemas.log.UnreadableRecord;
import io.radstream.serving.compare.Comparisons;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.ScoredBy;
import io.radstream.serving.score.ScoredStudy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorklistTest {

  private static final WorklistLimits LIMITS =
      new WorklistLimits(4, Duration.ofDays(1), WorklistLimits.NO_FINDINGS);

  private final Comparisons comparisons = new Comparisons(() -> NOW);
  private final List<LabelledStudy> written = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Worklist list =
      new Worklist(LIMITS, comparisons::all, written::add, () -> NOW, meters, () -> {});

  @BeforeEach
  void readToTheEnd() {
    list.scores().accept(List.of(), true);
    list.labels().accept(List.of(), true);
    withdraw();
  }

  private void withdraw(String... studies) {
    list.withdrawals()
        .accept(
            List.of(studies).stream()
                .map(id -> new StudyWithdrawn(id, "asked for", Instant.EPOCH, List.of()))
                .toList(),
            true);
  }

  private void come(StudyScore... scores) {
    list.scores().accept(List.of(scores), true);
  }

  private static WorklistQuestion by(WorklistOrder order) {
    return new WorklistQuestion(order, Optional.empty(), 0, false, 10, Optional.empty());
  }

  private static WorklistQuestion of(String finding, double least) {
    return new WorklistQuestion(
        WorklistOrder.PRIORITY, Optional.of(finding), least, false, 10, Optional.empty());
  }

  private List<String> ids(WorklistQuestion question) throws NotReadYetException {
    return list.page(question).studies().stream().map(one -> one.study().studyId()).toList();
  }

  private WorklistEntry only() throws NotReadYetException {
    List<WorklistEntry> studies = list.page(by(WorklistOrder.PRIORITY)).studies();
    assertThat(studies).hasSize(1);
    return studies.get(0);
  }

  @Test
  void shouldBeginWithTheHighestProbabilityOfAFindingThatIsRanked() throws Exception {
    come(
        score("well", "a", 1, Map.of("normal", 0.99, "effusion", 0.1)),
        score("ill", "a", 2, Map.of("normal", 0.01, "effusion", 0.7, "nodule", 0.9)),
        score("perhaps", "a", 3, Map.of("normal", 0.5, "effusion", 0.5)));

    List<String> ids = ids(by(WorklistOrder.PRIORITY));

    assertThat(ids).containsExactly("ill", "perhaps", "well");
    assertThat(list.page(by(WorklistOrder.PRIORITY)).studies().get(0).finding()).contains("nodule");
  }

  @Test
  void shouldNotListWhatIsNoProbability() throws Exception {
    come(
        score("no number", "a", 1, Map.of("effusion", Double.NaN)),
        score("much", "a", 1, Map.of("effusion", 1e300)),
        score("less", "a", 1, Map.of("effusion", -0.5)),
        score("ill", "a", 1, Map.of("effusion", 1.0, "nodule", 0.0)));

    List<String> ids = ids(by(WorklistOrder.PRIORITY));

    assertThat(ids).containsExactly("ill");
  }

  @Test
  void shouldBeginWithTheNewestOrTheMostUncertain() throws Exception {
    come(
        score("sure", "a", 1, Map.of("effusion", 0.98)),
        score("half", "a", 2, Map.of("effusion", 0.45)),
        score("low", "a", 3, Map.of("effusion", 0.3)));

    List<String> newest = ids(by(WorklistOrder.NEWEST));
    List<String> uncertain = ids(by(WorklistOrder.UNCERTAIN));

    assertThat(newest).containsExactly("sure", "half", "low");
    assertThat(uncertain).containsExactly("half", "low", "sure");
    assertThat(list.page(by(WorklistOrder.UNCERTAIN)).studies())
        .extracting(WorklistEntry::uncertain)
        .containsExactly(List.of("effusion"), List.of(), List.of());
  }

  @Test
  void shouldMarkWhatTwoCheckpointsOnTheTopicDisagreeOn() throws Exception {
    come(
        score("both", "a", 3, Map.of("effusion", 0.9, "nodule", 0.2)),
        score("one", "a", 2, Map.of("effusion", 0.95)),
        score("both", "b", 1, Map.of("effusion", 0.4, "nodule", 0.25)));

    List<WorklistEntry> studies = list.page(by(WorklistOrder.DISAGREEMENT)).studies();

    assertThat(studies).extracting(one -> one.study().studyId()).containsExactly("both", "one");
    assertThat(studies.get(0).differences())
        .containsExactly(new Difference("effusion", 0.4, "a", 0.9));
    assertThat(studies.get(1).differences()).isEmpty();
  }

  private static ScoredStudy scored(String checkpoint, String study, double probability) {
    return new ScoredStudy(
        Optional.of(study),
        new ModelIdentity(checkpoint, "line", 7, Instant.EPOCH),
        Map.of("effusion", probability),
        Map.of("effusion", ScoredBy.LABELS),
        new float[] {1},
        1,
        List.of(0, 0, 0));
  }

  @Test
  void shouldMarkWhatAShadowDisagreesOnButNotOfAnotherStudyOfThatName() throws Exception {
    come(
        score("arrived", "live", 2, Map.of("effusion", 0.9)),
        score("namesake", "live", 1, Map.of("effusion", 0.8)));
    comparisons.compared(scored("live", "arrived", 0.9), scored("shadow", "arrived", 0.3));
    comparisons.compared(scored("live", "namesake", 0.1), scored("shadow", "namesake", 0.9));

    List<WorklistEntry> studies = list.page(by(WorklistOrder.DISAGREEMENT)).studies();

    assertThat(studies)
        .extracting(WorklistEntry::differences)
        .containsExactly(List.of(new Difference("effusion", 0.9, "shadow", 0.3)), List.of());
  }

  @Test
  void shouldListAStudyByItsNewestViewsOnly() throws Exception {
    come(
        score("study", "a", 2, 5, Map.of("effusion", 0.9)),
        score("study", "b", 1, 1, Map.of("effusion", 0.2)));

    WorklistEntry study = only();

    assertThat(study.study().checkpoint()).isEqualTo("a");
    assertThat(study.differences()).isEmpty();
  }

  @Test
  void shouldKeepOneThatCouldNotBeScoredAtTheEnd() throws Exception {
    come(refused("torn", 1), score("ill", "a", 2, Map.of("effusion", 0.1)));

    assertThat(ids(by(WorklistOrder.PRIORITY))).containsExactly("ill", "torn");
    assertThat(ids(by(WorklistOrder.NEWEST))).containsExactly("torn", "ill");
    assertThat(ids(of("effusion", 0))).containsExactly("ill");
  }

  @Test
  void shouldHoldTheNewestOfSomeDaysOnly() throws Exception {
    come(
        score("yesterday", "a", 60 * 25, Map.of("effusion", 0.9)),
        score("1", "a", 5, Map.of("effusion", 0.9)),
        score("2", "a", 4, Map.of("effusion", 0.9)),
        score("3", "a", 3, Map.of("effusion", 0.9)),
        score("4", "a", 2, Map.of("effusion", 0.9)),
        score("5", "a", 1, Map.of("effusion", 0.9)));

    assertThat(ids(by(WorklistOrder.NEWEST))).containsExactly("5", "4", "3", "2");
    assertThat(meters.get("radstream.worklist.studies").gauge().value()).isEqualTo(4);
  }

  @Test
  void shouldLetWithdrawnStudiesGoAndStayAway() throws Exception {
    come(
        score("a", "a", 1, Map.of("effusion", 0.9)),
        score("b", "a", 2, Map.of("effusion", 0.8)),
        score("c", "a", 3, Map.of("effusion", 0.7)));

    withdraw("a");
    list.withdrawals().unreadable(List.of(new UnreadableRecord(0, 7, Optional.of("b"))));
    come(score("a", "b", 0, Map.of("effusion", 0.9)));

    assertThat(ids(by(WorklistOrder.PRIORITY))).containsExactly("c");
    assertThat(list.study("a")).isEmpty();
  }

  @Test
  void shouldFindByAFindingAndItsProbability() throws Exception {
    come(
        score("ill", "a", 1, Map.of("effusion", 0.9, "normal", 0.1)),
        score("well", "a", 2, Map.of("effusion", 0.2, "normal", 0.8)),
        score("other", "a", 3, Map.of("nodule", 0.8)));

    assertThat(ids(of("effusion", 0.5))).containsExactly("ill");
    assertThat(ids(of("normal", 0))).containsExactly("well", "ill");
    assertThat(ids(of("cardiomegaly", 0))).isEmpty();
  }

  @Test
  void shouldGoOnBehindAPageThoughOthersComeAndGo() throws Exception {
    come(
        score("1", "a", 1, Map.of("effusion", 0.9)),
        score("2", "a", 2, Map.of("effusion", 0.8)),
        score("3", "a", 3, Map.of("effusion", 0.8)));
    WorklistPage first =
        list.page(
            new WorklistQuestion(
                WorklistOrder.PRIORITY, Optional.empty(), 0, false, 2, Optional.empty()));
    withdraw("2");
    come(score("0", "a", 0, Map.of("effusion", 0.95)));

    WorklistPage second =
        list.page(
            new WorklistQuestion(
                WorklistOrder.PRIORITY,
                Optional.empty(),
                0,
                false,
                2,
                Optional.of(first.studies().get(1).standing())));

    assertThat(first.goesOn()).isTrue();
    assertThat(second.studies()).extracting(one -> one.study().studyId()).containsExactly("3");
    assertThat(second.goesOn()).isFalse();
  }

  private Verdict verdict(String reader, String finding, boolean present) {
    return new Verdict(reader, "a", Map.of(finding, present), Set.of(), List.of());
  }

  @Test
  void shouldShowTheLastVerdictOnEachFindingAndWriteDownEach() throws Exception {
    come(score("study", "a", 1, Map.of("effusion", 0.9, "nodule", 0.1)));
    ListedStudy study = list.study("study").orElseThrow();

    list.record(study, verdict("anna", "effusion", true));
    list.record(study, verdict("anna", "nodule", false));
    list.record(study, verdict("bert", "effusion", false));

    assertThat(only().verdicts())
        .containsOnly(
            entry(
                "effusion",
                List.of(
                    new FindingVerdict(false, "bert", NOW, "a"),
                    new FindingVerdict(true, "anna", NOW, "a"))),
            entry("nodule", List.of(new FindingVerdict(false, "anna", NOW, "a"))));
    assertThat(written).extracting(LabelledStudy::getSource).containsOnly("reader");
    assertThat(written)
        .extracting(one -> one.getVerdict().getReader())
        .containsExactly("anna", "anna", "bert");
    assertThat(meters.get("radstream.verdicts").tag("agrees", "false").counter().count())
        .isEqualTo(1);
    assertThat(
            ids(
                new WorklistQuestion(
                    WorklistOrder.PRIORITY, Optional.empty(), 0, true, 10, Optional.empty())))
        .isEmpty();
  }

  @Test
  void shouldReplaceAndTakeBackWhatAReaderSaid() throws Exception {
    come(score("study", "a", 1, Map.of("effusion", 0.9)));
    ListedStudy study = list.study("study").orElseThrow();
    list.record(study, verdict("bert", "effusion", false));
    list.record(study, verdict("anna", "effusion", false));

    list.record(study, verdict("anna", "effusion", true));
    Map<String, List<FindingVerdict>> both = only().verdicts();
    list.record(study, new Verdict("anna", "a", Map.of(), Set.of("effusion"), List.of()));
    Map<String, List<FindingVerdict>> his = only().verdicts();
    list.record(study, new Verdict("bert", "a", Map.of(), Set.of("effusion"), List.of()));

    FindingVerdict bert = new FindingVerdict(false, "bert", NOW, "a");
    assertThat(both.get("effusion"))
        .containsExactly(new FindingVerdict(true, "anna", NOW, "a"), bert);
    assertThat(his.get("effusion")).containsExactly(bert);
    assertThat(only().verdicts()).isEmpty();
    assertThat(written.get(3).getLabels().get("effusion")).isNaN();
  }

  @Test
  void shouldPassOverLabelsThatAreNoVerdict() throws Exception {
    come(score("study", "a", 1, Map.of("effusion", 0.9)));

    list.labels()
        .accept(
            List.of(new LabelledStudy("study", "jsonl", Map.of("effusion", 1.0), List.of(), null)),
            true);

    assertThat(only().verdicts()).isEmpty();
  }

  @Test
  void shouldNotShowAVerdictThatWasNotWritten() throws Exception {
    Worklist unwritable =
        new Worklist(
            LIMITS,
            comparisons::all,
            verdict -> {
              throw new UnrecordedVerdictException(new IllegalStateException("no broker"));
            },
            () -> NOW,
            meters,
            () -> {});
    unwritable.scores().accept(List.of(score("study", "a", 1, Map.of("effusion", 0.9))), true);
    unwritable.labels().accept(List.of(), true);
    unwritable.withdrawals().accept(List.of(), true);
    ListedStudy study = unwritable.study("study").orElseThrow();

    assertThatThrownBy(() -> unwritable.record(study, verdict("anna", "effusion", true)))
        .hasMessageContaining("no broker");

    assertThat(unwritable.page(by(WorklistOrder.PRIORITY)).studies().get(0).verdicts()).isEmpty();
  }

  @Test
  void shouldAnswerNothingBeforeAllIsRead() {
    Worklist unread =
        new Worklist(LIMITS, comparisons::all, written::add, () -> NOW, meters, () -> {});
    unread.scores().accept(List.of(score("study", "a", 1, Map.of("effusion", 0.9))), true);
    unread.labels().accept(List.of(), true);

    assertThatThrownBy(() -> unread.page(by(WorklistOrder.PRIORITY)))
        .isInstanceOf(NotReadYetException.class);
    assertThatThrownBy(() -> unread.study("study")).isInstanceOf(NotReadYetException.class);
  }
}
