package io.radstream.serving.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.fleet.JudgedFleet;
import io.radstream.serving.fleet.Role;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.watch.AlarmThread;
import io.radstream.serving.watch.WatchLimits;
import io.radstream.serving.watch.Watchdog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A model that breaks down is taken back, and nobody suffers but those whom it failed. */
@Timeout(60) // a hang must fail, not stall the build
class RollBackTest {

  private final JudgedFleet fleet = new JudgedFleet(true);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AlarmThread alarms =
      new AlarmThread((role, model, verdict) -> fleet.carryOut(model.checkpointId(), verdict));
  private final StudyScorer scorer =
      new StudyScorer(
          fleet,
          new BatchLimits(4, Duration.ofNanos(100_000), 100),
          meters,
          new Watchdog(new WatchLimits(50, 10, 3, 0.2), fleet::roles, alarms, meters));
  private final FakeNetwork good = new FakeNetwork();

  @AfterEach
  void close() {
    scorer.close();
    alarms.close();
    fleet.close();
  }

  private void promote(String id, StudyNetwork network) {
    carryOut(id, network, new Verdict.Promote("test"));
  }

  private void carryOut(String id, StudyNetwork network, Verdict verdict) {
    ScoringModel model =
        ScoringModel.warm(
            new ModelIdentity(id, "line", 7, Instant.EPOCH),
            network,
            new FakeTexts(),
            FakeNetwork.PROMPTS);
    assertThat(fleet.carryOut(model, verdict)).isEqualTo(verdict);
  }

  private CompletableFuture<ScoredStudy> ask(int study) {
    return scorer.score(
        () ->
            new StudyViews(
                Optional.of("study " + study), List.of(TestImages.png(32, study % 250))));
  }

  private Optional<String> in(Role role) {
    return Optional.ofNullable(fleet.roles().get(role)).map(ModelIdentity::checkpointId);
  }

  /** Who answered each; empty where the model failed. */
  private static List<Optional<String>> answers(List<CompletableFuture<ScoredStudy>> asked) {
    List<Optional<String>> answers = new ArrayList<>();
    for (CompletableFuture<ScoredStudy> each : asked) {
      try {
        answers.add(Optional.of(each.join().model().checkpointId()));
      } catch (CompletionException e) {
        assertThat(e.getCause())
            .satisfiesAnyOf(
                cause -> assertThat(cause).hasMessage("out of temper"),
                cause -> assertThat(cause).hasMessage("no such operator"),
                cause -> assertThat(cause).hasMessageStartingWith("the network gave"));
        answers.add(Optional.empty());
      }
    }
    return answers;
  }

  @Test
  void shouldGoBackFromTheOneThatFails() {
    promote("good", good);
    UnrulyNetwork bad = new UnrulyNetwork(32, CounterRandom.of(1, "network"), left -> {});
    promote("bad", bad);

    List<Optional<String>> answers = new ArrayList<>();
    for (int study = 0; !in(Role.LIVE).equals(Optional.of("good")); study += 8) {
      List<CompletableFuture<ScoredStudy>> burst = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        burst.add(ask(study + i));
      }
      answers.addAll(answers(burst));
    }
    alarms.close(); // what it was asked for is done
    List<Optional<String>> afterwards = answers(List.of(ask(1), ask(2), ask(3)));

    assertThat(answers).contains(Optional.empty(), Optional.of("bad"));
    assertThat(afterwards).containsOnly(Optional.of("good"));
    assertThat(fleet.roles()).containsOnlyKeys(Role.LIVE);
    assertThat(bad.closed()).isEqualTo(1);
    assertThat(meters.get("radstream.model.errors").tag("role", "live").counter().count())
        .isPositive();
  }

  @Test
  void shouldGoBackFromTheOneThatGivesNoNumbers() {
    promote("good", good);
    FakeNetwork numberless = new FakeNetwork();
    promote("bad", numberless);
    numberless.giveNoNumbers();

    int study = 0;
    while (!in(Role.LIVE).equals(Optional.of("good"))) {
      assertThat(answers(List.of(ask(study++))))
          .containsAnyOf(Optional.empty(), Optional.of("good"));
    }

    assertThat(study).isGreaterThanOrEqualTo(10);
    assertThat(answers(List.of(ask(study)))).containsOnly(Optional.of("good"));
  }

  @Test
  void shouldTakeACanaryOffItsStudies() {
    promote("good", good);
    FakeNetwork bad = new FakeNetwork();
    carryOut("bad", bad, new Verdict.Canary(0.5, "test"));
    bad.failWith(new IllegalStateException("out of temper"));

    List<Optional<String>> answers = new ArrayList<>();
    for (int study = 0; in(Role.CANARY).isPresent(); study++) {
      bad.failWith(new IllegalStateException("out of temper"));
      answers.addAll(answers(List.of(ask(study))));
    }
    alarms.close(); // what it was asked for is done

    assertThat(answers).contains(Optional.empty(), Optional.of("good"));
    assertThat(in(Role.LIVE)).hasValue("good");
    assertThat(bad.closed()).isEqualTo(1);
  }
}
