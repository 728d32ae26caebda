package io.radstream.serving.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.model.config.ModelConfig;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.DecisionAuthor;
import io.radstream.schemas.DecisionVerdict;
import io.radstream.schemas.ModelDecision;
import io.radstream.serving.checkpoint.ModelCommands.Command;
import io.radstream.serving.decisions.DecisionLog;
import io.radstream.serving.decisions.LocalTopic;
import io.radstream.serving.decisions.Objection;
import io.radstream.serving.fleet.BestWins;
import io.radstream.serving.fleet.KnownCheckpoint;
import io.radstream.serving.fleet.KnownCheckpoint.State;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.fleet.NewestWins;
import io.radstream.serving.fleet.Role;
import io.radstream.serving.fleet.ServingPolicy;
import io.radstream.serving.fleet.TrialFirst;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.StudyNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several instances of one service on one topic of decisions, and their restarts. */
class AgreementTest {

  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final ServingPolicy NEWEST = new NewestWins();

  @TempDir private Path store;
  private final LocalTopic topic = new LocalTopic();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<CheckpointPublished> announced = new ArrayList<>();
  private final List<Long> loads = new ArrayList<>();
  private final Set<Long> broken = new HashSet<>();
  private int instances;
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile boolean hanging;

  /** A process that knows all that was announced and decided so far. */
  private KeptFleet start(ServingPolicy policy) {
    KeptFleet started = start(policy, topic.read("test", meters));
    started.announce(announced.toArray(CheckpointPublished[]::new));
    return started;
  }

  private KeptFleet start(ServingPolicy policy, DecisionLog log) {
    return start(policy, log, Runnable::run);
  }

  private KeptFleet start(ServingPolicy policy, DecisionLog log, Executor thread) {
    instances++;
    return KeptFleet.of(
        "instance-" + instances,
        new KeptFleet.Parts(store, this::network, policy, Optional.empty()),
        new ModelFleet(),
        new CheckpointCatalog(changed -> {}),
        log,
        CLOCK,
        new SimpleMeterRegistry(),
        thread);
  }

  private StudyNetwork network(ModelConfig config, Path weights) throws IOException {
    long step = Long.parseLong(weights.getParent().getFileName().toString());
    loads.add(step);
    if (gate.getCount() > 0) {
      hanging = true;
      await(gate);
    }
    if (broken.contains(step)) {
      throw new IOException("the file is damaged");
    }
    return new FakeNetwork();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private CheckpointPublished publish(long step, double loss) {
    CheckpointPublished published =
        StoredCheckpoint.write(store, "demo", step)
            .builder()
            .setMetrics(Map.of("validation_loss", loss))
            .build();
    announced.add(published);
    return published;
  }

  private CheckpointPublished publish(long step) {
    return publish(step, 1);
  }

  private static String id(long step) {
    return "demo-%09d".formatted(step);
  }

  private static CommandOutcome ask(KeptFleet kept, DecisionVerdict verdict, Long step) {
    return kept.commands()
        .carryOut(
            new Command(
                verdict,
                Optional.ofNullable(step).map(AgreementTest::id),
                Optional.of(0.5).filter(any -> verdict == DecisionVerdict.CANARY),
                "because",
                "someone"))
        .join();
  }

  /** Of two that are announced together only the newer one is loaded. */
  private static void await(KeptFleet kept, Map<Role, Long> steps) throws InterruptedException {
    while (!kept.steps().equals(steps)) {
      Thread.sleep(1);
    }
  }

  private static KnownCheckpoint known(KeptFleet kept, long step) {
    return kept.catalog().newestFirst().stream().filter(k -> k.step() == step).findFirst().get();
  }

  @Test
  void shouldCarryOutInAllWhatOneOfThemIsAsked() {
    publish(100);
    publish(200);
    KeptFleet one = start(NEWEST);
    KeptFleet other = start(NEWEST);

    CommandOutcome outcome = ask(one, DecisionVerdict.PROMOTE, 100L);

    assertThat(outcome).isInstanceOf(CommandOutcome.Done.class);
    assertThat(one.steps()).isEqualTo(Map.of(Role.LIVE, 100L, Role.PREVIOUS, 200L));
    assertThat(other.steps()).isEqualTo(one.steps());
    assertThat(known(other, 100).verdict().orElseThrow().reason()).isEqualTo("because");
  }

  @Test
  void shouldJudgeACheckpointOnceForAll() {
    publish(100);
    KeptFleet one = start(NEWEST);
    KeptFleet other = start(NEWEST);
    CheckpointPublished next = publish(200);

    one.announce(next);
    other.announce(next);

    assertThat(other.steps()).isEqualTo(Map.of(Role.LIVE, 200L, Role.PREVIOUS, 100L));
    assertThat(topic.records())
        .extracting(ModelDecision::getCheckpointId)
        .containsExactly(id(100), id(200));
    assertThat(topic.records()).extracting(ModelDecision::getInstance).containsOnly("instance-1");
  }

  @Test
  void shouldServeAPinnedCheckpointAfterARestartHoweverManyCameSince() {
    CheckpointPublished first = publish(100);
    ask(start(NEWEST), DecisionVerdict.PIN, 100L);
    for (long step = 101; step < 12_000; step++) {
      announced.add(
          CheckpointPublished.newBuilder(first)
              .setCheckpointId(id(step))
              .setStep(step)
              .setTime(Instant.EPOCH.plusSeconds(step))
              .build());
    }

    KeptFleet after = start(NEWEST);

    assertThat(after.steps()).isEqualTo(Map.of(Role.LIVE, 100L));
  }

  @Test
  void shouldHaveTheSameCrewAfterARestart() {
    publish(100);
    KeptFleet before = start(new TrialFirst(TrialFirst.Trial.CANARY, 0.1));
    before.announce(publish(200));
    ask(before, DecisionVerdict.PROMOTE, 200L);
    before.announce(publish(300));
    before.announce(publish(400));
    ask(before, DecisionVerdict.SHADOW, 300L);

    KeptFleet after = start(new TrialFirst(TrialFirst.Trial.CANARY, 0.1));

    assertThat(before.steps())
        .isEqualTo(
            Map.of(Role.LIVE, 200L, Role.PREVIOUS, 100L, Role.CANARY, 400L, Role.SHADOW, 300L));
    assertThat(after.steps()).isEqualTo(before.steps());
    assertThat(after.log().state().crew().share()).isEqualTo(0.1);
    assertThat(known(after, 200).state()).isInstanceOf(State.Live.class);
  }

  @Test
  void shouldLoadTheLiveOneFirstAfterARestart() {
    publish(100);
    KeptFleet before = start(NEWEST);
    before.announce(publish(200));
    loads.clear();

    start(NEWEST);

    assertThat(loads).containsExactly(200L, 100L);
  }

  @Test
  void shouldJudgeWhatCameWhileNobodyRan() {
    publish(100);
    start(NEWEST);
    publish(200);

    KeptFleet after = start(NEWEST);

    assertThat(after.steps()).isEqualTo(Map.of(Role.LIVE, 200L, Role.PREVIOUS, 100L));
  }

  @Test
  void shouldStayPinnedAfterARestart() {
    publish(100);
    KeptFleet before = start(NEWEST);
    ask(before, DecisionVerdict.PIN, 100L);
    publish(200);

    KeptFleet after = start(NEWEST);

    assertThat(after.steps()).isEqualTo(Map.of(Role.LIVE, 100L));
    assertThat(loads).doesNotContain(200L);
    ask(after, DecisionVerdict.UNPIN, null);
    assertThat(after.steps()).isEqualTo(Map.of(Role.LIVE, 200L, Role.PREVIOUS, 100L));
  }

  @Test
  void shouldNotBringBackWhatWasTakenBackAfterARestart() {
    publish(100);
    KeptFleet before = start(NEWEST);
    before.announce(publish(200));

    CommandOutcome outcome = ask(before, DecisionVerdict.ROLLBACK, null);

    assertThat(outcome).isInstanceOf(CommandOutcome.Done.class);
    assertThat(before.steps()).isEqualTo(Map.of(Role.LIVE, 100L));
    assertThat(start(NEWEST).steps()).isEqualTo(Map.of(Role.LIVE, 100L));
    assertThat(start(new BestWins("validation_loss", BestWins.Best.LOWEST)).steps())
        .isEqualTo(Map.of(Role.LIVE, 100L));
  }

  @Test
  void shouldHaveTheNextBestAnswerWhereTheLiveOneCannotBeLoadedAndLeaveOthersAlone() {
    publish(100);
    KeptFleet before = start(NEWEST);
    before.announce(publish(200));
    broken.add(200L);

    KeptFleet after = start(NEWEST);

    assertThat(after.steps()).isEqualTo(Map.of(Role.LIVE, 100L));
    assertThat(known(after, 200).state())
        .isEqualTo(new State.Refused("model.safetensors: the file is damaged"));
    assertThat(before.steps()).isEqualTo(Map.of(Role.LIVE, 200L, Role.PREVIOUS, 100L));
    assertThat(after.log().state().live().orElseThrow().id()).isEqualTo(id(200));
    assertThat(topic.records())
        .last()
        .returns(DecisionAuthor.FAULT, ModelDecision::getAuthor)
        .returns(id(200), ModelDecision::getCheckpointId);
  }

  @Test
  void shouldLoadTheLiveOneAgainWhereAPersonInsists() {
    publish(100);
    start(NEWEST).announce(publish(200));
    broken.add(200L);
    KeptFleet after = start(NEWEST);
    broken.clear();

    CommandOutcome outcome = ask(after, DecisionVerdict.PROMOTE, 200L);

    assertThat(outcome).isInstanceOf(CommandOutcome.Done.class);
    assertThat(after.steps()).isEqualTo(Map.of(Role.LIVE, 200L, Role.PREVIOUS, 100L));
  }

  @Test
  void shouldPromoteForAllWhatOneOfThemCouldNotLoad() {
    publish(100);
    KeptFleet one = start(NEWEST);
    KeptFleet other = start(NEWEST);
    CheckpointPublished next = publish(200);
    broken.add(200L);
    one.announce(next);
    broken.clear();

    other.announce(next);

    assertThat(other.steps()).containsEntry(Role.LIVE, 200L);
    assertThat(one.steps()).isEqualTo(other.steps());
  }

  @Test
  void shouldNotPromoteByHandWhatCannotBeLoaded() {
    publish(100);
    publish(200);
    KeptFleet kept = start(NEWEST);
    broken.add(100L);

    CommandOutcome outcome = ask(kept, DecisionVerdict.PROMOTE, 100L);

    assertThat(outcome)
        .isEqualTo(
            new CommandOutcome.NotLoadable(id(100), "model.safetensors: the file is damaged"));
    assertThat(kept.steps()).isEqualTo(Map.of(Role.LIVE, 200L));
  }

  @Test
  void shouldTryACheckpointByHandAndLetItGoAgain() {
    publish(100);
    publish(200);
    KeptFleet kept = start(NEWEST);

    ask(kept, DecisionVerdict.CANARY, 100L);
    Map<Role, Long> onTrial = kept.steps();
    ask(kept, DecisionVerdict.REFUSE, 100L);

    assertThat(onTrial).isEqualTo(Map.of(Role.LIVE, 200L, Role.CANARY, 100L));
    assertThat(kept.steps()).isEqualTo(Map.of(Role.LIVE, 200L));
    assertThat(known(kept, 100).state()).isEqualTo(new State.Refused("because"));
  }

  @Test
  void shouldSayWhatCannotBeDone() {
    publish(100);
    KeptFleet kept = start(NEWEST);

    assertThat(ask(kept, DecisionVerdict.PROMOTE, 900L))
        .isEqualTo(new CommandOutcome.NoSuchCheckpoint(id(900)));
    assertThat(ask(kept, DecisionVerdict.PROMOTE, 100L))
        .isEqualTo(new CommandOutcome.Overruled(Objection.ALREADY_LIVE));
    assertThat(ask(kept, DecisionVerdict.ROLLBACK, null))
        .isEqualTo(new CommandOutcome.Overruled(Objection.NO_PREVIOUS));
    assertThat(topic.records()).hasSize(1);
  }

  @Test
  void shouldGoOnAloneWhereTheTopicIsAwayAndAgreeAgainLater() {
    publish(100);
    KeptFleet one = start(NEWEST);
    topic.away(true);

    one.announce(publish(200));
    CommandOutcome byHand = ask(one, DecisionVerdict.PROMOTE, 100L);

    assertThat(one.steps()).isEqualTo(Map.of(Role.LIVE, 200L, Role.PREVIOUS, 100L));
    assertThat(meters.get("radstream.decisions.unrecorded").counter().count()).isEqualTo(1);
    assertThat(byHand).isInstanceOf(CommandOutcome.Unrecorded.class);
    topic.away(false);
    one.keeper().wake();
    assertThat(topic.records()).hasSize(2);
    assertThat(start(NEWEST).steps()).isEqualTo(one.steps());
  }

  @Test
  void shouldFollowTheLogWhereItWentAnotherWayMeanwhile() {
    publish(100);
    KeptFleet one = start(NEWEST);
    KeptFleet other = start(NEWEST);
    CheckpointPublished next = publish(200);
    topic.away(true);
    one.announce(next);
    topic.away(false);

    ask(other, DecisionVerdict.PIN, 100L);

    assertThat(one.steps()).isEqualTo(Map.of(Role.LIVE, 100L));
    assertThat(other.steps()).isEqualTo(one.steps());
  }

  @Test
  void shouldSayNoToAPersonWhileItIsNotKnownWhatWasDecided() {
    publish(100);
    KeptFleet kept = start(NEWEST, topic.unread("test", meters));

    CommandOutcome outcome = ask(kept, DecisionVerdict.ROLLBACK, null);

    assertThat(outcome).isInstanceOf(CommandOutcome.Unrecorded.class);
    assertThat(topic.records()).isEmpty();
  }

  @Test
  void shouldKeepServicesOfOtherNamesApart() {
    publish(100);
    publish(200);
    KeptFleet one = start(NEWEST);
    KeptFleet another = start(NEWEST, topic.read("another", meters));
    another.announce(announced.toArray(CheckpointPublished[]::new));

    ask(one, DecisionVerdict.PIN, 100L);

    assertThat(another.steps()).isEqualTo(Map.of(Role.LIVE, 200L));
    assertThat(another.log().state().pinned()).isFalse();
  }

  @Test
  void shouldTakeBackForAWatchAndDoSoAloneWhereItMust() {
    publish(100);
    KeptFleet kept = start(NEWEST);
    kept.announce(publish(200));
    topic.away(true);

    CommandOutcome outcome =
        kept.commands().takeBack(id(200), new Verdict.RollBack("errors")).join();

    assertThat(outcome).isInstanceOf(CommandOutcome.Done.class);
    assertThat(kept.steps()).isEqualTo(Map.of(Role.LIVE, 100L));
  }

  @Test
  void shouldNotTakeBackTheInnocentOneThatCameMeanwhile() {
    publish(100);
    KeptFleet kept = start(NEWEST);
    kept.announce(publish(200));
    kept.announce(publish(300));

    CommandOutcome outcome =
        kept.commands().takeBack(id(200), new Verdict.RollBack("errors")).join();

    assertThat(outcome).isEqualTo(new CommandOutcome.Overruled(Objection.NOT_LIVE));
    assertThat(kept.steps()).containsEntry(Role.LIVE, 300L);
  }

  @Test
  void shouldTakeACanaryThatFailsOffItsStudies() {
    publish(100);
    KeptFleet kept = start(NEWEST);
    kept.announce(publish(200));
    ask(kept, DecisionVerdict.PROMOTE, 100L);
    ask(kept, DecisionVerdict.CANARY, 200L);

    CommandOutcome outcome = kept.commands().takeBack(id(200), new Verdict.Refuse("errors")).join();

    assertThat(outcome).isInstanceOf(CommandOutcome.Done.class);
    assertThat(kept.steps()).isEqualTo(Map.of(Role.LIVE, 100L));
  }

  /** To go back is needed most when something goes wrong, such as a store that hangs. */
  @Test
  @Timeout(60)
  void shouldGoBackAtOnceThoughACheckpointIsBeingLoaded() throws Exception {
    publish(100);
    ExecutorService loading = Executors.newSingleThreadExecutor();
    KeptFleet kept = start(NEWEST, topic.read("test", meters), loading);
    kept.announce(announced.get(0));
    await(kept, Map.of(Role.LIVE, 100L));
    kept.announce(publish(200));
    await(kept, Map.of(Role.LIVE, 200L, Role.PREVIOUS, 100L));
    gate = new CountDownLatch(1);
    kept.announce(publish(300));
    while (!hanging) {
      Thread.onSpinWait();
    }

    CommandOutcome outcome = ask(kept, DecisionVerdict.ROLLBACK, null);

    assertThat(outcome).isInstanceOf(CommandOutcome.Done.class);
    assertThat(kept.steps()).isEqualTo(Map.of(Role.LIVE, 100L));
    gate.countDown();
    await(kept, Map.of(Role.LIVE, 300L, Role.PREVIOUS, 100L));
    loading.shutdownNow();
    assertThat(topic.records())
        .filteredOn(record -> record.getCheckpointId().equals(id(300)))
        .extracting(ModelDecision::getComparedWith)
        .containsExactly(id(200), id(100));
  }

  @Test
  void shouldServeTheBestOfThePast() {
    publish(100, 3.0);
    publish(200, 2.0);
    publish(300, 2.5);
    ServingPolicy best = new BestWins("validation_loss", BestWins.Best.LOWEST);

    KeptFleet kept = start(best);
    kept.announce(publish(400, 2.25));

    assertThat(kept.steps()).isEqualTo(Map.of(Role.LIVE, 200L));
    assertThat(loads).containsExactly(200L);
    assertThat(known(kept, 400).state())
        .isEqualTo(
            new State.Refused(
                "its validation_loss, 2.25, is not better than that of the live one, 2.0"));
    kept.announce(publish(500, 1.5));
    assertThat(kept.steps()).isEqualTo(Map.of(Role.LIVE, 500L, Role.PREVIOUS, 200L));
  }

  @Test
  void shouldServeTheHighestOfAFigure() {
    publish(100, 3.0);
    publish(200, 2.0);

    KeptFleet kept = start(new BestWins("validation_loss", BestWins.Best.HIGHEST));

    assertThat(kept.steps()).isEqualTo(Map.of(Role.LIVE, 100L));
  }

  @Test
  void shouldRefuseWhatWasAnnouncedWithoutTheFigure() {
    publish(100);

    KeptFleet kept = start(new BestWins("validation_auc", BestWins.Best.HIGHEST));

    assertThat(kept.steps()).isEmpty();
    assertThat(known(kept, 100).state())
        .isEqualTo(new State.Refused("it was announced without validation_auc"));
  }

  @Test
  void shouldHoldTheNewestForPeople() {
    publish(100);
    publish(200);

    KeptFleet kept = start(new TrialFirst(TrialFirst.Trial.MANUAL, 0));
    Map<Role, Long> held = kept.steps();
    ask(kept, DecisionVerdict.PROMOTE, 200L);
    kept.announce(publish(300));

    assertThat(held).isEqualTo(Map.of(Role.CANDIDATE, 200L));
    assertThat(loads).containsExactly(200L, 300L);
    assertThat(kept.steps()).isEqualTo(Map.of(Role.LIVE, 200L, Role.CANDIDATE, 300L));
  }

  @Test
  void shouldTryEachNewOneBesideTheLiveOne() {
    publish(100);
    KeptFleet kept = start(new TrialFirst(TrialFirst.Trial.SHADOW, 0));

    kept.announce(publish(200));
    kept.announce(publish(300));

    assertThat(kept.steps()).isEqualTo(Map.of(Role.LIVE, 100L, Role.SHADOW, 300L));
  }
}
