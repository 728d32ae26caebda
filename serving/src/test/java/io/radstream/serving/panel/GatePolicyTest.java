package io.radstream.serving.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.radstream.radiology.CounterRandom;
import io.radstream.serving.fleet.Exam;
import io.radstream.serving.fleet.JudgingStoppedException;
import io.radstream.serving.fleet.Known;
import io.radstream.serving.fleet.KnownCheckpoint;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.StudyScoring;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a panel of 100 studies, every other one with an effusion, every fourth with a nodule. */
class GatePolicyTest {

  private static final int STUDIES = 100;
  private static final GateSettings SETTINGS = new GateSettings(0.95, 500, 10, 0.1);

  private final GatePolicy gate = new GatePolicy(panel(study -> study), SETTINGS);

  private static boolean hasEffusion(int study) {
    return study % 2 == 0;
  }

  private static boolean hasNodule(int study) {
    return study % 4 == 1;
  }

  /**
   * @param patients study to its patient
   */
  private static Panel panel(IntToDoubleFunction patients) {
    List<PanelStudy> studies = new ArrayList<>();
    for (int i = 0; i < STUDIES; i++) {
      studies.add(
          new PanelStudy(
              "study " + i,
              "patient " + patients.applyAsDouble(i),
              ScriptedModel.views(i),
              Map.of("effusion", hasEffusion(i), "nodule", hasNodule(i))));
    }
    try {
      return Panel.of(studies);
    } catch (UnusablePanelException e) {
      throw new AssertionError(e);
    }
  }

  /** Chance is as strong as that, from 0 for a reader who is always right. */
  private static double effusion(int study, double chance) {
    return effusion(study, chance, 1);
  }

  private static double effusion(int study, double chance, long seed) {
    double luck = CounterRandom.of(seed, "effusion", study).nextDouble();
    return (1 - chance) * (hasEffusion(study) ? 0.75 : 0.25) + chance * luck;
  }

  private static double nodule(int study) {
    double luck = CounterRandom.of(1, "nodule", study).nextDouble();
    return 0.5 * (hasNodule(study) ? 0.75 : 0.25) + 0.5 * luck;
  }

  /** Always the same with nodules. */
  private static ScriptedModel model(String id, double chance) {
    return new ScriptedModel(
        id, Map.of("effusion", study -> effusion(study, chance), "nodule", GatePolicyTest::nodule));
  }

  private static Known known(StudyScoring candidate, Optional<StudyScoring> live) {
    return new Known(
        checkpoint(candidate),
        Set.of(),
        Optional.empty(),
        Map.of(),
        new Exam(Optional.of(candidate), live, () -> false));
  }

  private static KnownCheckpoint checkpoint(StudyScoring model) {
    return new KnownCheckpoint(
        model.identity().checkpointId(),
        "line",
        "run",
        7,
        Optional.empty(),
        Instant.EPOCH,
        Map.of(),
        0,
        new KnownCheckpoint.State.Known(),
        Optional.empty(),
        Optional.empty());
  }

  private Verdict judge(StudyScoring candidate, StudyScoring live) {
    return gate.judge(known(candidate, Optional.of(live)));
  }

  @Test
  void shouldPromoteTheBetterOne() {
    Verdict verdict = judge(model("next", 0.3), model("live", 0.9));

    assertThat(verdict).isInstanceOf(Verdict.Promote.class);
    assertThat(verdict.reason())
        .contains("no finding is worse", "(findings: 2, studies: 100)", "effusion");
    assertThat(verdict.figures().get("auc.effusion"))
        .isGreaterThan(verdict.figures().get("auc.effusion.live"));
    assertThat(verdict.figures().get("difference.effusion.low")).isPositive();
    assertThat(verdict.figures().get("moved.effusion")).isPositive();
    assertThat(verdict.figures().get("moved.nodule")).isZero();
  }

  @Test
  void shouldPromoteTheEqualOne() {
    Verdict verdict = judge(model("next", 0.5), model("live", 0.5));

    assertThat(verdict).isInstanceOf(Verdict.Promote.class);
    assertThat(verdict.figures())
        .containsEntry("difference.effusion.low", 0.0)
        .containsEntry("difference.effusion.high", 0.0);
  }

  @Test
  void shouldHoldTheOneThatIsWorseInOneFinding() {
    Verdict verdict = judge(model("next", 1), model("live", 0.3));

    assertThat(verdict).isInstanceOf(Verdict.Hold.class);
    assertThat(verdict.reason()).contains("worse", "effusion: AUC").doesNotContain("nodule");
    assertThat(verdict.figures().get("difference.effusion.high")).isNegative();
    assertThat(verdict.figures()).containsEntry("difference.nodule.high", 0.0);
    assertThat(PanelResult.of(verdict.figures()).orElseThrow().findings())
        .extracting(FindingResult::name, FindingResult::outcome)
        .containsExactly(
            tuple("effusion", FindingResult.Outcome.WORSE),
            tuple("nodule", FindingResult.Outcome.NOT_WORSE));
    assertThat(verdict.figures().get("auc.effusion.live"))
        .isBetween(
            verdict.figures().get("auc.effusion.live.low"),
            verdict.figures().get("auc.effusion.live.high"));
  }

  @Test
  void shouldPromoteTheOneThatMayBeAsGood() {
    ScriptedModel otherwiseLucky =
        new ScriptedModel(
            "next",
            Map.of("effusion", study -> effusion(study, 0.8, 2), "nodule", GatePolicyTest::nodule));

    Verdict verdict = judge(otherwiseLucky, model("live", 0.8));

    Map<String, Double> figures = verdict.figures();
    assertThat(figures.get("auc.effusion")).isLessThan(figures.get("auc.effusion.live"));
    assertThat(figures.get("difference.effusion.high")).isGreaterThanOrEqualTo(0);
    assertThat(verdict).isInstanceOf(Verdict.Promote.class);
  }

  @Test
  void shouldHoldTheOneThatLacksAFinding() {
    ScriptedModel lacking = new ScriptedModel("next", Map.of("nodule", GatePolicyTest::nodule));

    Verdict verdict = judge(lacking, model("live", 0.5));

    assertThat(verdict).isInstanceOf(Verdict.Hold.class);
    assertThat(verdict.reason()).contains("does not score effusion");
  }

  @Test
  void shouldPromoteTheFirstOne() {
    Verdict verdict = gate.judge(known(model("first", 0.9), Optional.empty()));

    assertThat(verdict).isInstanceOf(Verdict.Promote.class);
    assertThat(verdict.reason()).contains("nothing to compare");
    assertThat(verdict.figures()).containsKeys("auc.effusion", "auc.effusion.low", "ece.nodule");
    assertThat(verdict.figures()).doesNotContainKey("auc.effusion.live");
  }

  @Test
  void shouldHoldTheFirstOneWhereThePanelSaysNothingOfItsFindings() {
    Verdict verdict =
        gate.judge(
            known(new ScriptedModel("first", Map.of("fracture", study -> 0.5)), Optional.empty()));

    assertThat(verdict).isInstanceOf(Verdict.Hold.class);
    assertThat(verdict.reason()).contains("scores no finding that at least 10 patients");
  }

  @Test
  void shouldLeaveOutFindingsOfTooFewStudies() {
    GatePolicy strict = new GatePolicy(panel(study -> study), new GateSettings(0.95, 200, 30, 0.1));

    Verdict verdict = strict.judge(known(model("next", 0.3), Optional.of(model("live", 0.3))));

    assertThat(verdict.figures())
        .containsEntry("present.nodule", 25.0)
        .containsKey("auc.effusion")
        .doesNotContainKey("auc.nodule");
  }

  /** Draws of one patient are all the same, so that the interval would have no width. */
  @Test
  void shouldNotJudgeByManyStudiesOfFewPatients() {
    GatePolicy few = new GatePolicy(panel(study -> study % 2), SETTINGS);

    Verdict verdict = few.judge(known(model("next", 0.6), Optional.of(model("live", 0.5))));

    assertThat(verdict).isInstanceOf(Verdict.Hold.class);
    assertThat(verdict.reason()).contains("at least 10 patients");
    assertThat(verdict.figures())
        .containsEntry("present.effusion", 50.0)
        .containsEntry("panel.findings", 0.0)
        .doesNotContainKey("auc.effusion");
  }

  @Test
  void shouldRefuseTheOneThatFailsOnAStudy() {
    ScriptedModel failing =
        new ScriptedModel(
            "next",
            Map.of(
                "effusion",
                study -> {
                  throw new IllegalStateException("the network gave what is no number");
                }));

    Verdict verdict = judge(failing, model("live", 0.5));

    assertThat(verdict)
        .isEqualTo(
            new Verdict.Refuse(
                "it failed on a study of the panel: the network gave what is no number"));
  }

  @Test
  void shouldJudgeByItselfWhereTheLiveOneFails() {
    ScriptedModel failing =
        new ScriptedModel(
            "live",
            Map.of(
                "effusion",
                study -> {
                  throw new LinkageError("no such operator");
                }));

    Verdict verdict = judge(model("next", 0.5), failing);

    assertThat(verdict).isInstanceOf(Verdict.Promote.class);
  }

  @Test
  void shouldSayTheSameAgain() {
    Verdict first = judge(model("next", 0.6), model("live", 0.5));
    GatePolicy again = new GatePolicy(panel(study -> study), SETTINGS);

    Verdict second = again.judge(known(model("next", 0.6), Optional.of(model("live", 0.5))));

    assertThat(second).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 1 - 1e-6})
  void shouldJudgeAtALevelThatIsAsNearToItsEndsAsCanBe(double level) {
    GatePolicy near = new GatePolicy(panel(study -> study), new GateSettings(level, 100, 10, 0.1));

    Verdict verdict = near.judge(known(model("next", 0.5), Optional.of(model("live", 0.5))));

    assertThat(verdict).isInstanceOf(Verdict.Promote.class);
  }

  @Test
  void shouldScoreTheLiveOneOnce() {
    ScriptedModel live = model("live", 0.5);
    gate.judge(known(live, Optional.empty()));
    judge(model("one", 0.5), live);

    judge(model("two", 0.5), live);

    assertThat(live.passes()).hasSize(STUDIES / 4).containsOnly(4);
  }

  @Test
  void shouldDrawPatientsAndNotTheirStudies() {
    GatePolicy few = new GatePolicy(panel(study -> study % 20), SETTINGS);
    IntToDoubleFunction byPatient = study -> effusion(study % 20, 0.9);
    ScriptedModel alike = new ScriptedModel("alike", Map.of("effusion", byPatient));

    Map<String, Double> studies = gate.judge(known(alike, Optional.empty())).figures();
    Map<String, Double> patients = few.judge(known(alike, Optional.empty())).figures();

    assertThat(patients.get("auc.effusion")).isEqualTo(studies.get("auc.effusion"), within(1e-12));
    assertThat(width(patients)).isGreaterThan(1.5 * width(studies));
  }

  private static double width(Map<String, Double> figures) {
    return figures.get("auc.effusion.high") - figures.get("auc.effusion.low");
  }

  @Test
  void shouldEndEarlyWhereTheServiceStops() {
    ScriptedModel candidate = model("next", 0.5);
    Known known =
        new Known(
            checkpoint(candidate),
            Set.of(),
            Optional.empty(),
            Map.of(),
            new Exam(
                Optional.of(candidate), Optional.empty(), () -> candidate.passes().size() == 3));

    assertThatThrownBy(() -> gate.judge(known)).isInstanceOf(JudgingStoppedException.class);

    assertThat(candidate.passes()).hasSize(3);
  }

  @Test
  void shouldRefuseWhatCannotBeLoaded() {
    Verdict verdict =
        gate.judge(
            new Known(
                checkpoint(model("next", 0.5)),
                Set.of(),
                Optional.of("file model.safetensors is missing"),
                Map.of()));

    assertThat(verdict).isEqualTo(new Verdict.Refuse("file model.safetensors is missing"));
  }
}
