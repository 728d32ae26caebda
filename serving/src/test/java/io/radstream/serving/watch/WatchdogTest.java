package io.radstream.serving.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.serving.fleet.Role;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.ModelIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Looks at the last 10 answers, and lets 2 of them fail. */
class WatchdogTest {

  private static final ModelIdentity LIVE = model("live");
  private static final ModelIdentity BEFORE = model("before");
  private static final ModelIdentity CANARY = model("canary");

  private record Raised(Role role, ModelIdentity model, Verdict verdict) {}

  private final Map<Role, ModelIdentity> roles =
      new EnumMap<>(Map.of(Role.LIVE, LIVE, Role.PREVIOUS, BEFORE, Role.CANARY, CANARY));
  private final List<Raised> raised = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Watchdog watchdog =
      new Watchdog(
          new WatchLimits(10, 5, 3, 0.2),
          () -> roles,
          (role, model, verdict) -> raised.add(new Raised(role, model, verdict)),
          meters);

  private static ModelIdentity model(String id) {
    return new ModelIdentity(id, "line", 7, Instant.EPOCH);
  }

  private void answer(ModelIdentity model, int times) {
    for (int i = 0; i < times; i++) {
      watchdog.answered(model);
    }
  }

  private void fail(ModelIdentity model, int times) {
    for (int i = 0; i < times; i++) {
      watchdog.failed(model, new IllegalStateException("the network gave what is no number"));
    }
  }

  @Test
  void shouldAskOnceForTheModelBefore() {
    answer(LIVE, 10);

    fail(LIVE, 10);

    assertThat(raised)
        .containsExactly(
            new Raised(
                Role.LIVE,
                LIVE,
                new Verdict.RollBack(
                    "it failed on 3 of its last 10 requests",
                    Map.of("errors", 3.0, "answers", 10.0))));
    assertThat(meters.get("radstream.model.errors").tag("role", "live").counter().count())
        .isEqualTo(10);
  }

  @Test
  void shouldLetSomeRequestsFail() {
    for (int i = 0; i < 100; i++) {
      answer(LIVE, 4);
      fail(LIVE, 1);
    }

    assertThat(raised).isEmpty();
  }

  @Test
  void shouldConcludeNothingFromFewAnswers() {
    fail(LIVE, 4);

    assertThat(raised).isEmpty();
  }

  @Test
  void shouldCountAPassOnce() {
    IllegalStateException poison = new IllegalStateException("one study of a pass");
    for (int i = 0; i < 10; i++) {
      watchdog.failed(LIVE, poison);
    }

    assertThat(raised).isEmpty();
  }

  @Test
  void shouldNotGoBackToWhatWasWorse() {
    fail(BEFORE, 10);
    answer(LIVE, 6);

    fail(LIVE, 4);

    assertThat(raised).isEmpty();
  }

  @Test
  void shouldNotGoBackToNobody() {
    roles.remove(Role.PREVIOUS);

    fail(LIVE, 10);

    assertThat(raised).isEmpty();
  }

  @Test
  void shouldGoBackToTheOneThatIsLoadedOnlyLater() {
    roles.remove(Role.PREVIOUS);
    fail(LIVE, 10);
    roles.put(Role.PREVIOUS, BEFORE);

    fail(LIVE, 2);

    assertThat(raised).extracting(Raised::model).containsExactly(LIVE);
    assertThat(raised.get(0).verdict()).isInstanceOf(Verdict.RollBack.class);
  }

  @Test
  void shouldTakeACanaryOffItsStudies() {
    fail(CANARY, 5);

    assertThat(raised)
        .containsExactly(
            new Raised(
                Role.CANARY,
                CANARY,
                new Verdict.Refuse(
                    "it failed on 5 of its last 5 requests",
                    Map.of("errors", 5.0, "answers", 5.0))));
  }

  @Test
  void shouldLetTheOneBeBrokenThatHasNoRoleAnyMore() {
    fail(model("gone"), 10);

    assertThat(raised).isEmpty();
    assertThat(meters.get("radstream.model.errors").tag("role", "none").counter().count())
        .isEqualTo(10);
  }
}
