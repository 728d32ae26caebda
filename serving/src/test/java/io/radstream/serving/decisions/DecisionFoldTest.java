package io.radstream.serving.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.schemas.DecisionAuthor;
import io.radstream.schemas.DecisionVerdict;
import io.radstream.schemas.ModelDecision;
import io.radstream.serving.fleet.CheckpointRef;
import io.radstream.serving.fleet.Role;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows from decisions in their order. */
class DecisionFoldTest {

  private static final CheckpointRef A = new CheckpointRef("a", "run");
  private static final CheckpointRef B = new CheckpointRef("b", "run");
  private static final CheckpointRef C = new CheckpointRef("c", "run");

  private final DecisionFold fold = new DecisionFold();

  private static Decision decision(
      DecisionAuthor author, String by, DecisionVerdict verdict, CheckpointRef of, String live) {
    return new Decision(
        "id",
        verdict,
        Optional.ofNullable(of),
        Optional.empty(),
        Optional.of(0.25).filter(any -> verdict == DecisionVerdict.CANARY),
        "because",
        Map.of(),
        author,
        by,
        Optional.ofNullable(live),
        "instance",
        Instant.EPOCH);
  }

  private Optional<Objection> person(DecisionVerdict verdict, CheckpointRef of) {
    return fold.add(decision(DecisionAuthor.PERSON, "someone", verdict, of, null));
  }

  private Optional<Objection> policy(DecisionVerdict verdict, CheckpointRef of, String live) {
    return fold.add(decision(DecisionAuthor.POLICY, "newest", verdict, of, live));
  }

  /** With the verdict of a policy that knows who is live. */
  private Optional<Objection> policy(DecisionVerdict verdict, CheckpointRef of) {
    return policy(verdict, of, fold.state().live().map(CheckpointRef::id).orElse(null));
  }

  private Map<Role, String> crew() {
    Map<Role, String> crew = new HashMap<>();
    fold.state().crew().members().forEach((role, member) -> crew.put(role, member.id()));
    return crew;
  }

  @Test
  void shouldRememberWhoWasLiveBefore() {
    policy(DecisionVerdict.PROMOTE, A);

    policy(DecisionVerdict.PROMOTE, B);

    assertThat(crew()).isEqualTo(Map.of(Role.LIVE, "b", Role.PREVIOUS, "a"));
  }

  @Test
  void shouldTakeTheFirstOfWhatAPolicySaysAboutACheckpoint() {
    policy(DecisionVerdict.PROMOTE, A);
    policy(DecisionVerdict.REFUSE, B);

    Optional<Objection> objection = policy(DecisionVerdict.PROMOTE, B);

    assertThat(objection).hasValue(Objection.JUDGED_BEFORE);
    assertThat(crew()).isEqualTo(Map.of(Role.LIVE, "a"));
  }

  @Test
  void shouldLetAnotherPolicyJudgeOnceMore() {
    policy(DecisionVerdict.PROMOTE, A);
    policy(DecisionVerdict.REFUSE, B);

    Optional<Objection> objection =
        fold.add(decision(DecisionAuthor.POLICY, "best", DecisionVerdict.PROMOTE, B, "a"));

    assertThat(objection).isEmpty();
    assertThat(crew()).containsEntry(Role.LIVE, "b");
  }

  @Test
  void shouldJudgeTheSameIdOfAnotherRunAnew() {
    policy(DecisionVerdict.PROMOTE, A);
    policy(DecisionVerdict.PROMOTE, B);
    CheckpointRef anew = new CheckpointRef("b", "begun-anew");

    Optional<Objection> objection = policy(DecisionVerdict.PROMOTE, anew);

    assertThat(objection).isEmpty();
    assertThat(fold.state().live()).hasValue(anew);
    assertThat(fold.state().previous()).hasValue(A);
  }

  @Test
  void shouldNotCountAVerdictThatComparedWithOneThatIsNotLiveAnyMore() {
    policy(DecisionVerdict.PROMOTE, B, null);

    Optional<Objection> objection = policy(DecisionVerdict.PROMOTE, A, null);

    assertThat(objection).hasValue(Objection.COMPARED_WITH_ANOTHER);
    assertThat(crew()).isEqualTo(Map.of(Role.LIVE, "b"));
    assertThat(fold.hasJudged("newest", A)).isFalse();
  }

  @Test
  void shouldRollBackAndNeverLetAPolicyBringBackWhatWasTakenBack() {
    policy(DecisionVerdict.PROMOTE, A);
    policy(DecisionVerdict.PROMOTE, B);

    Optional<Objection> done = person(DecisionVerdict.ROLLBACK, B);

    assertThat(done).isEmpty();
    assertThat(crew()).isEqualTo(Map.of(Role.LIVE, "a"));
    assertThat(fold.add(decision(DecisionAuthor.POLICY, "x", DecisionVerdict.PROMOTE, B, "a")))
        .hasValue(Objection.REFUSED_BY_HAND);
    assertThat(crew()).isEqualTo(Map.of(Role.LIVE, "a"));
  }

  @Test
  void shouldRollBackOnceWhereTwoAskForIt() {
    policy(DecisionVerdict.PROMOTE, A);
    policy(DecisionVerdict.PROMOTE, B);
    policy(DecisionVerdict.PROMOTE, C);
    person(DecisionVerdict.ROLLBACK, C);

    Optional<Objection> second = person(DecisionVerdict.ROLLBACK, C);

    assertThat(second).hasValue(Objection.NOT_LIVE);
    assertThat(crew()).isEqualTo(Map.of(Role.LIVE, "b"));
  }

  @Test
  void shouldHaveNothingToRollBackToAtFirst() {
    policy(DecisionVerdict.PROMOTE, A);

    Optional<Objection> objection = person(DecisionVerdict.ROLLBACK, A);

    assertThat(objection).hasValue(Objection.NO_PREVIOUS);
    assertThat(crew()).isEqualTo(Map.of(Role.LIVE, "a"));
  }

  @Test
  void shouldLetAWatchRollBackTheLiveOne() {
    policy(DecisionVerdict.PROMOTE, A);
    policy(DecisionVerdict.PROMOTE, B);

    Optional<Objection> objection =
        fold.add(decision(DecisionAuthor.POLICY, "watch", DecisionVerdict.ROLLBACK, B, null));

    assertThat(objection).isEmpty();
    assertThat(crew()).isEqualTo(Map.of(Role.LIVE, "a"));
    assertThat(fold.state().refused()).containsExactly(B);
  }

  @Test
  void shouldLetAPersonBringBackWhatWasTakenBack() {
    policy(DecisionVerdict.PROMOTE, A);
    policy(DecisionVerdict.PROMOTE, B);
    person(DecisionVerdict.ROLLBACK, B);

    person(DecisionVerdict.PROMOTE, B);

    assertThat(crew()).isEqualTo(Map.of(Role.LIVE, "b", Role.PREVIOUS, "a"));
    assertThat(fold.state().refused()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = DecisionVerdict.class,
      names = {"PROMOTE", "CANARY", "SHADOW", "HOLD", "REFUSE"})
  void shouldLetNoPolicyDecideWhileOneIsPinned(DecisionVerdict verdict) {
    person(DecisionVerdict.PIN, A);

    Optional<Objection> objection = policy(verdict, B);

    assertThat(objection).hasValue(Objection.PINNED);
    assertThat(crew()).isEqualTo(Map.of(Role.LIVE, "a"));
    assertThat(fold.hasJudged("newest", B)).isFalse();
  }

  @Test
  void shouldLetNoWatchTakeBackWhatIsPinned() {
    person(DecisionVerdict.PROMOTE, A);
    person(DecisionVerdict.PIN, B);

    Optional<Objection> objection = policy(DecisionVerdict.ROLLBACK, B);

    assertThat(objection).hasValue(Objection.PINNED);
    assertThat(crew()).containsEntry(Role.LIVE, "b");
  }

  @Test
  void shouldJudgeAgainOnceNothingIsPinned() {
    person(DecisionVerdict.PIN, A);
    policy(DecisionVerdict.PROMOTE, B);
    person(DecisionVerdict.UNPIN, null);

    Optional<Objection> objection = policy(DecisionVerdict.PROMOTE, B);

    assertThat(objection).isEmpty();
    assertThat(crew()).containsEntry(Role.LIVE, "b");
  }

  @Test
  void shouldLetAPersonChangeWhoIsLiveThoughItIsPinned() {
    person(DecisionVerdict.PIN, A);

    person(DecisionVerdict.PROMOTE, B);

    assertThat(crew()).isEqualTo(Map.of(Role.LIVE, "b", Role.PREVIOUS, "a"));
    assertThat(fold.state().pinned()).isTrue();
  }

  @Test
  void shouldKeepTrialsWhereTheLiveOneIsPinned() {
    person(DecisionVerdict.PROMOTE, A);
    person(DecisionVerdict.SHADOW, B);

    person(DecisionVerdict.PIN, A);

    assertThat(crew()).isEqualTo(Map.of(Role.LIVE, "a", Role.SHADOW, "b"));
    assertThat(person(DecisionVerdict.PIN, A)).hasValue(Objection.ALREADY_PINNED);
  }

  @Test
  void shouldHaveNothingToUnpinAtFirst() {
    Optional<Objection> objection = person(DecisionVerdict.UNPIN, null);

    assertThat(objection).hasValue(Objection.NOT_PINNED);
  }

  @Test
  void shouldKeepPoliciesFromWhatIsHeldByHand() {
    policy(DecisionVerdict.PROMOTE, A);
    person(DecisionVerdict.HOLD, B);

    Optional<Objection> objection = policy(DecisionVerdict.PROMOTE, B);

    assertThat(objection).hasValue(Objection.HELD_BY_HAND);
    assertThat(crew()).isEqualTo(Map.of(Role.LIVE, "a", Role.CANDIDATE, "b"));
  }

  @Test
  void shouldEndATrialThatIsRefusedByHand() {
    policy(DecisionVerdict.PROMOTE, A);
    policy(DecisionVerdict.CANARY, B);

    person(DecisionVerdict.REFUSE, B);

    assertThat(crew()).isEqualTo(Map.of(Role.LIVE, "a"));
    assertThat(fold.state().crew().share()).isZero();
    assertThat(fold.state().isSettledByHand(B)).isTrue();
  }

  @Test
  void shouldGiveACanaryItsShare() {
    person(DecisionVerdict.PROMOTE, A);

    person(DecisionVerdict.CANARY, B);

    assertThat(crew()).isEqualTo(Map.of(Role.LIVE, "a", Role.CANARY, "b"));
    assertThat(fold.state().crew().share()).isEqualTo(0.25);
  }

  @Test
  void shouldEndTrialsWhereAnotherIsPromoted() {
    person(DecisionVerdict.PROMOTE, A);
    person(DecisionVerdict.CANARY, B);

    person(DecisionVerdict.PROMOTE, C);

    assertThat(crew()).isEqualTo(Map.of(Role.LIVE, "c", Role.PREVIOUS, "a"));
  }

  @ParameterizedTest
  @EnumSource(
      value = DecisionVerdict.class,
      names = {"HOLD", "CANARY", "SHADOW", "REFUSE"})
  void shouldNotTakeTheLiveOneAwayWithoutAnother(DecisionVerdict verdict) {
    person(DecisionVerdict.PROMOTE, A);

    Optional<Objection> objection = person(verdict, A);

    assertThat(objection).hasValue(Objection.IS_LIVE);
    assertThat(crew()).isEqualTo(Map.of(Role.LIVE, "a"));
  }

  @Test
  void shouldNotPromoteTwice() {
    person(DecisionVerdict.PROMOTE, A);
    person(DecisionVerdict.PROMOTE, B);

    Optional<Objection> objection = person(DecisionVerdict.PROMOTE, B);

    assertThat(objection).hasValue(Objection.ALREADY_LIVE);
    assertThat(crew()).isEqualTo(Map.of(Role.LIVE, "b", Role.PREVIOUS, "a"));
  }

  @Test
  void shouldNotBindOthersByWhatOneInstanceCouldNotLoad() {
    policy(DecisionVerdict.PROMOTE, A);
    fold.add(decision(DecisionAuthor.FAULT, "loader", DecisionVerdict.REFUSE, B, null));

    Optional<Objection> objection = policy(DecisionVerdict.PROMOTE, B);

    assertThat(objection).isEmpty();
    assertThat(crew()).containsEntry(Role.LIVE, "b");
  }

  @Test
  void shouldPassOverWhatANewerVersionDecided() {
    person(DecisionVerdict.PROMOTE, A);

    Optional<Objection> verdict = person(DecisionVerdict.UNKNOWN, B);
    Optional<Objection> author =
        fold.add(decision(DecisionAuthor.UNKNOWN, "x", DecisionVerdict.PROMOTE, B, "a"));

    assertThat(verdict).hasValue(Objection.UNKNOWN_VERDICT);
    assertThat(author).hasValue(Objection.UNKNOWN_VERDICT);
    assertThat(crew()).isEqualTo(Map.of(Role.LIVE, "a"));
  }

  @Test
  void shouldReadWhatItWrote() {
    Decision decision = decision(DecisionAuthor.POLICY, "newest", DecisionVerdict.CANARY, B, "a");

    assertThat(Decision.of(decision.record("test"))).isEqualTo(decision);
  }

  @Test
  void shouldRefuseRecordsThatSayWhatCannotBeDone() {
    for (Double share : Arrays.asList(0.0, -1.0, 1.5, Double.NaN, null)) {
      assertThatThrownBy(() -> Decision.of(canary("b", share)))
          .as("share %s", share)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Decision.of(canary(null, 0.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("names a checkpoint");
  }

  private static ModelDecision canary(String checkpoint, Double share) {
    return ModelDecision.newBuilder()
        .setService("test")
        .setDecisionId("id")
        .setVerdict(DecisionVerdict.CANARY)
        .setCheckpointId(checkpoint)
        .setRunId(null)
        .setLine(null)
        .setShare(share)
        .setReason("because")
        .setFigures(Map.of())
        .setAuthor(DecisionAuthor.PERSON)
        .setDecidedBy("someone")
        .setComparedWith(null)
        .setInstance("instance")
        .setTime(Instant.EPOCH)
        .build();
  }
}
