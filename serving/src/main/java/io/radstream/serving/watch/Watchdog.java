package io.radstream.serving.watch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.serving.fleet.Role;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.AnswerObserver;
import io.radstream.serving.score.ModelIdentity;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts on how many requests a model fails, and asks once for the model before it where that are
 * too many: answers are counted, not timed, so that a quiet night proves nothing. A canary that
 * fails too often is to be taken off its studies. Thread-safe.
 */
public final class Watchdog implements AnswerObserver {

  /** Carries out what is asked for; called on a thread that computes answers. */
  @FunctionalInterface
  public interface Alarm {

    /**
     * @param role of the model when it failed; it may have another one by now
     */
    void raise(Role role, ModelIdentity model, Verdict verdict);
  }

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  /** More than have a role at a time. */
  private static final int REMEMBERED = 16;

  private final WatchLimits limits;
  private final Supplier<Map<Role, ModelIdentity>> roles;
  private final Alarm alarm;
  private final MeterRegistry meters;

  /** The one that has answered nothing for the longest time is first. */
  private final Map<ModelIdentity, AnswerWindow> windows =
      new LinkedHashMap<>(REMEMBERED, 0.75f, true);

  /** Those whose place another one is to take. */
  private final Set<ModelIdentity> asked = new LinkedHashSet<>();

  /** Those of which it was told that there is no other one yet. */
  private final Set<ModelIdentity> told = new LinkedHashSet<>();

  /**
   * @param roles who has which role at this moment
   */
  public Watchdog(
      WatchLimits limits,
      Supplier<Map<Role, ModelIdentity>> roles,
      Alarm alarm,
      MeterRegistry meters) {
    this.limits = limits;
    this.roles = roles;
    this.alarm = alarm;
    this.meters = meters;
    // From the start, so that a rate can be taken of it.
    errors("live");
    errors("canary");
  }

  private Counter errors(String role) {
    return Counter.builder("radstream.model.errors")
        .description("Requests that a model failed on, or answered with what is no number")
        .tag("role", role)
        .register(meters);
  }

  @Override
  public void answered(ModelIdentity model) {
    window(model).well();
  }

  @Override
  public void failed(ModelIdentity model, Throwable failure) {
    AnswerWindow.Count count = window(model).failed(failure);
    Map<Role, ModelIdentity> now = roles.get();
    Optional<Role> role = roleOf(model, now);
    errors(role.map(Watchdog::name).orElse("none")).increment();
    if (isTooOften(count) && role.isPresent()) {
      judge(role.get(), model, count, now);
    }
  }

  private static String name(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static Optional<Role> roleOf(ModelIdentity model, Map<Role, ModelIdentity> now) {
    return now.entrySet().stream()
        .filter(member -> member.getValue().equals(model))
        .map(Map.Entry::getKey)
        .min(Role::compareTo);
  }

  private boolean isTooOften(AnswerWindow.Count count) {
    return count.answers() >= limits.least()
        && count.passes() >= limits.passes()
        && count.rate() > limits.most();
  }

  private void judge(
      Role role, ModelIdentity model, AnswerWindow.Count count, Map<Role, ModelIdentity> now) {
    Map<String, Double> figures =
        Map.of("errors", (double) count.failed(), "answers", (double) count.answers());
    String reason =
        "it failed on %d of its last %d requests".formatted(count.failed(), count.answers());
    if (role == Role.CANARY) {
      ask(role, model, new Verdict.Refuse(reason, figures));
    } else if (role == Role.LIVE) {
      Optional<ModelIdentity> before = Optional.ofNullable(now.get(Role.PREVIOUS));
      if (before.filter(other -> count(other).rate() < count.rate()).isPresent()) {
        ask(role, model, new Verdict.RollBack(reason, figures));
      } else if (isFirst(told, model)) {
        LOG.atError()
            .addKeyValue("checkpoint", model.checkpointId())
            .log(
                "the live checkpoint fails, and none before it is loaded that fails less: {}",
                reason);
      }
    }
  }

  private void ask(Role role, ModelIdentity model, Verdict verdict) {
    if (isFirst(asked, model)) {
      LOG.atError()
          .addKeyValue("checkpoint", model.checkpointId())
          .addKeyValue("role", name(role))
          .log("a checkpoint fails too often: {}", verdict.reason());
      alarm.raise(role, model, verdict);
    }
  }

  private synchronized boolean isFirst(Set<ModelIdentity> before, ModelIdentity model) {
    boolean first = before.add(model);
    if (before.size() > REMEMBERED) {
      before.remove(before.iterator().next());
    }
    return first;
  }

  private synchronized AnswerWindow window(ModelIdentity model) {
    AnswerWindow window =
        windows.computeIfAbsent(model, first -> new AnswerWindow(limits.window()));
    if (windows.size() > REMEMBERED) {
      windows.remove(windows.keySet().iterator().next());
    }
    return window;
  }

  private synchronized AnswerWindow.Count count(ModelIdentity model) {
    AnswerWindow window = windows.get(model);
    return window == null ? AnswerWindow.Count.NONE : window.count();
  }
}
