package io.radstream.serving.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.model.config.ModelConfig;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.DecisionVerdict;
import io.radstream.serving.decisions.LocalTopic;
import io.radstream.serving.fleet.Known;
import io.radstream.serving.fleet.KnownCheckpoint;
import io.radstream.serving.fleet.KnownCheckpoint.State;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.fleet.Role;
import io.radstream.serving.fleet.ServingPolicy;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.ModelIdentity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a policy that is told what to say of each step, and promotes the others. */
class VerdictsTest {

  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  @TempDir private Path store;
  private final ModelFleet fleet = new ModelFleet();
  private final CheckpointCatalog catalog = new CheckpointCatalog(changed -> {});
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final Map<Long, FakeNetwork> networks = new HashMap<>();
  private final Map<Long, Verdict> verdicts = new HashMap<>();
  private final List<Known> asked = new ArrayList<>();

  private Optional<RuntimeException> fault = Optional.empty();
  private final LocalTopic topic = new LocalTopic();
  private Optional<KeptFleet> kept = Optional.empty();

  private final ServingPolicy policy =
      known -> {
        asked.add(known);
        fault.ifPresent(
            e -> {
              throw e;
            });
        return verdicts.getOrDefault(known.checkpoint().step(), new Verdict.Promote("test"));
      };

  /** Another one is as the same service after a restart with another policy. */
  private KeptFleet keptBy(ServingPolicy judgedBy) {
    return KeptFleet.of(
        "here",
        new KeptFleet.Parts(store, this::network, judgedBy, Optional.empty()),
        fleet,
        catalog,
        topic.read("test", meters),
        CLOCK,
        meters,
        Runnable::run);
  }

  private FakeNetwork network(ModelConfig config, Path weights) {
    FakeNetwork network = new FakeNetwork();
    networks.put(Long.valueOf(weights.getParent().getFileName().toString()), network);
    return network;
  }

  private void announce(CheckpointPublished... announced) {
    if (kept.isEmpty()) {
      kept = Optional.of(keptBy(policy));
    }
    kept.get().announce(announced);
  }

  private CheckpointPublished good(long step) {
    return StoredCheckpoint.write(store, "demo", step).announce();
  }

  private CheckpointPublished damaged(long step) throws Exception {
    StoredCheckpoint checkpoint = StoredCheckpoint.write(store, "demo", step);
    CheckpointPublished announced = checkpoint.announce();
    checkpoint.put("model.safetensors", new byte[] {0});
    return announced;
  }

  private Map<Role, Long> steps() {
    Map<Role, Long> steps = new HashMap<>();
    fleet.roles().forEach((role, model) -> steps.put(role, model.step()));
    return steps;
  }

  private KnownCheckpoint known(long step) {
    return catalog.newestFirst().stream().filter(known -> known.step() == step).findFirst().get();
  }

  @Test
  void shouldPromote() {
    announce(good(100));

    announce(good(200));

    assertThat(steps()).isEqualTo(Map.of(Role.LIVE, 200L, Role.PREVIOUS, 100L));
    assertThat(known(200).state()).isInstanceOf(State.Live.class);
    assertThat(known(100).state()).isInstanceOf(State.Replaced.class);
    assertThat(known(100).role()).hasValue(Role.PREVIOUS);
  }

  @Test
  void shouldHold() {
    announce(good(100));
    verdicts.put(200L, new Verdict.Hold("someone has to look"));

    announce(good(200));

    assertThat(steps()).isEqualTo(Map.of(Role.LIVE, 100L, Role.CANDIDATE, 200L));
    assertThat(known(200).state()).isInstanceOf(State.Trial.class);
    assertThat(known(200).verdict()).map(Verdict::reason).hasValue("someone has to look");
    assertThat(fleet.hotLoads()).isEqualTo(1);
  }

  @Test
  void shouldLetACanaryIn() {
    announce(good(100));
    verdicts.put(200L, new Verdict.Canary(0.1, "try it"));

    announce(good(200));

    assertThat(steps()).isEqualTo(Map.of(Role.LIVE, 100L, Role.CANARY, 200L));
    assertThat(known(200).role()).hasValue(Role.CANARY);
  }

  @Test
  void shouldLetAShadowScore() {
    announce(good(100));
    verdicts.put(200L, new Verdict.Shadow("watch it"));

    announce(good(200));

    assertThat(steps()).isEqualTo(Map.of(Role.LIVE, 100L, Role.SHADOW, 200L));
    assertThat(known(200).role()).hasValue(Role.SHADOW);
  }

  @Test
  void shouldRefuseWhatWasLoadedAndFreeIt() {
    verdicts.put(200L, new Verdict.Refuse("its validation loss is too high"));

    announce(good(100), good(200));

    assertThat(steps()).isEqualTo(Map.of(Role.LIVE, 100L));
    assertThat(networks.get(200L).closed()).isEqualTo(1);
    assertThat(known(200).state()).isEqualTo(new State.Refused("its validation loss is too high"));
    assertThat(meters.get("radstream.checkpoints.refused").counter().count()).isEqualTo(1);
  }

  @Test
  void shouldKeepOpenWhatIsJudgedThoughItsRoleIsTakenMeanwhile() {
    announce(good(100));
    verdicts.put(200L, new Verdict.Hold("someone has to look"));
    announce(good(200));
    List<Integer> closed = new ArrayList<>();
    RefusedMeanwhile policy = new RefusedMeanwhile(closed);

    KeptFleet after = keptBy(policy);
    policy.kept = after;
    after.announce(good(100), good(200));

    assertThat(closed).containsExactly(0);
    assertThat(networks.get(200L).closed()).isEqualTo(1);
    assertThat(steps()).isEqualTo(Map.of(Role.LIVE, 100L));
  }

  @Test
  void shouldAnswerWhoWaitsForACheckpointThoughTheServiceStops() {
    announce(good(50), good(100));
    kept.get().keeper().close();

    CompletableFuture<CommandOutcome> outcome =
        kept.get().commands().carryOut(byHand(DecisionVerdict.PROMOTE, known(50).id()));

    assertThat(outcome)
        .isCompletedWithValue(new CommandOutcome.NotLoadable(known(50).id(), "the service stops"));
  }

  private static ModelCommands.Command byHand(DecisionVerdict verdict, String id) {
    return new ModelCommands.Command(
        verdict, Optional.of(id), Optional.empty(), "asked for", "a person");
  }

  /** While it looks at a checkpoint, a person refuses it. */
  private final class RefusedMeanwhile implements ServingPolicy {

    private final List<Integer> closed;
    private KeptFleet kept;

    private RefusedMeanwhile(List<Integer> closed) {
      this.closed = closed;
    }

    @Override
    public String name() {
      return "another";
    }

    @Override
    public Verdict judge(Known known) {
      CompletableFuture<CommandOutcome> unused =
          kept.commands().carryOut(byHand(DecisionVerdict.REFUSE, known.checkpoint().id()));
      closed.add(networks.get(known.checkpoint().step()).closed());
      return new Verdict.Promote("test");
    }
  }

  @Test
  void shouldRollBack() {
    announce(good(100));
    announce(good(200));
    verdicts.put(300L, new Verdict.RollBack("the run went wrong"));

    announce(good(300));

    assertThat(steps()).isEqualTo(Map.of(Role.LIVE, 100L, Role.CANDIDATE, 300L));
    assertThat(known(100).state()).isInstanceOf(State.Live.class);
    assertThat(known(200).state()).isEqualTo(new State.Refused("the run went wrong"));
    assertThat(known(300).state()).isInstanceOf(State.Trial.class);
    assertThat(networks.get(200L).closed()).isEqualTo(1);
  }

  @Test
  void shouldEndATrialThatANewerOneReplaces() {
    announce(good(100));
    verdicts.put(200L, new Verdict.Shadow("watch it"));
    announce(good(200));

    announce(good(300));

    assertThat(steps()).isEqualTo(Map.of(Role.LIVE, 300L, Role.PREVIOUS, 100L));
    assertThat(known(200).state()).isInstanceOf(State.Known.class);
    assertThat(networks.get(200L).closed()).isEqualTo(1);
  }

  @Test
  void shouldFindALiveOneForATrialAtTheStart() {
    verdicts.put(300L, new Verdict.Canary(0.5, "try it"));
    verdicts.put(200L, new Verdict.Hold("older, and not good enough"));

    announce(good(100), good(200), good(300));

    assertThat(steps()).isEqualTo(Map.of(Role.LIVE, 100L, Role.CANARY, 300L));
    assertThat(networks.get(200L).closed()).isEqualTo(1);
  }

  @Test
  void shouldTellThePolicyWhatIsKnown() throws Exception {
    announce(good(100));

    announce(damaged(200));

    Known first = asked.get(0);
    assertThat(first.live()).isEmpty();
    assertThat(first.capabilities())
        .containsExactlyInAnyOrder(Capability.PROMPTS, Capability.VECTORS);
    assertThat(first.failure()).isEmpty();
    Known second = asked.get(1);
    assertThat(second.checkpoint().metrics()).containsEntry("validation_loss", 3.25);
    assertThat(second.failure().orElseThrow()).contains("sha256");
    assertThat(second.live()).map(KnownCheckpoint::step).hasValue(100L);
  }

  @Test
  void shouldRefuseWhatCannotBeLoadedWhateverThePolicySays() throws Exception {
    announce(good(100), damaged(200));

    assertThat(asked.get(0).failure()).isPresent();
    assertThat(steps()).isEqualTo(Map.of(Role.LIVE, 100L));
    assertThat(known(200).state())
        .isInstanceOfSatisfying(
            State.Waiting.class, waiting -> assertThat(waiting.reason()).contains("sha256"));
  }

  @Test
  void shouldRefuseWhatThePolicyFailsOnAndGoOn() {
    announce(good(100));
    fault = Optional.of(new IllegalStateException("a fault of the policy"));

    announce(good(200));

    assertThat(fleet.live()).map(ModelIdentity::step).hasValue(100L);
    assertThat(known(200).state())
        .isInstanceOfSatisfying(
            State.Refused.class,
            refused -> assertThat(refused.reason()).contains("judging it failed"));
    assertThat(networks.get(200L).closed()).isEqualTo(1);
  }

  @Test
  void shouldRefuseWhatAPolicyHasNoVerdictOn() {
    announce(good(100));
    verdicts.put(200L, null);

    announce(good(200));

    assertThat(steps()).isEqualTo(Map.of(Role.LIVE, 100L));
    assertThat(known(200).state()).isInstanceOf(State.Refused.class);
    assertThat(networks.get(200L).closed()).isEqualTo(1);
  }

  @Test
  void shouldKeepTheWayBackWhereTheLiveOneIsAnnouncedAgain() {
    announce(good(100));
    CheckpointPublished live = good(200);
    announce(live);
    announce(live);
    verdicts.put(300L, new Verdict.RollBack("200 is worse"));

    announce(good(300));

    assertThat(steps()).containsEntry(Role.LIVE, 100L);
  }

  @Test
  void shouldGoOnSayingThatTheLiveOneIsLiveWhereItIsRefusedTheSecondTime() {
    CheckpointPublished live = good(100);
    announce(live);
    verdicts.put(100L, new Verdict.Refuse("not again"));

    announce(live);

    assertThat(steps()).isEqualTo(Map.of(Role.LIVE, 100L));
    assertThat(known(100).state()).isInstanceOf(State.Live.class);
    assertThat(catalog.fleet()).containsOnlyKeys(Role.LIVE);
  }

  @Test
  void shouldJudgeByWhatWasAnnouncedLast() {
    CheckpointPublished first = good(100);
    announce(first);

    announce(
        CheckpointPublished.newBuilder(first)
            .setRunId("begun-anew")
            .setMetrics(Map.of("validation_loss", 99.0))
            .build());

    KnownCheckpoint judged = asked.get(1).checkpoint();
    assertThat(judged.runId()).isEqualTo("begun-anew");
    assertThat(judged.metrics()).containsEntry("validation_loss", 99.0);
    assertThat(judged.role()).hasValue(Role.LIVE);
  }

  @Test
  void shouldForgetTheOldestWhateverLineIsReadFirst() {
    CheckpointPublished newest = good(1000);
    List<CheckpointPublished> read = new ArrayList<>(List.of(newest));
    for (int i = 1; i <= 200; i++) {
      read.add(
          CheckpointPublished.newBuilder(newest)
              .setCheckpointId("other-" + i)
              .setLine("other")
              .setTime(newest.getTime().minusSeconds(1000 - i))
              .build());
    }

    announce(read.toArray(CheckpointPublished[]::new));

    assertThat(steps()).isEqualTo(Map.of(Role.LIVE, 1000L));
    assertThat(catalog.fleet()).containsOnlyKeys(Role.LIVE);
  }
}
