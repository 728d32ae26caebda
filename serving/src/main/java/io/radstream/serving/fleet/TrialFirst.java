package io.radstream.serving.fleet;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Each new checkpoint goes on trial beside the live one, and people promote it. Where none is live
 * yet, the newest becomes so, unless it is to wait for people.
 *
 * @param trial what a new checkpoint is tried as
 * @param share of the studies that a canary answers for; of no interest to other trials
 */
public record TrialFirst(Trial trial, double share) implements ServingPolicy {

  /** How a checkpoint is tried. */
  public enum Trial {
    /** It answers for a share of the studies. */
    CANARY,
    /** It scores beside, and is not heard. */
    SHADOW,
    /** It waits; nothing becomes live but by hand. */
    MANUAL
  }

  /**
   * @throws IllegalArgumentException where a canary's share is not above 0 and at most 1
   */
  public TrialFirst {
    if (trial == Trial.CANARY) {
      Verdict unused = new Verdict.Canary(share, "");
    }
  }

  @Override
  public String name() {
    return trial.name().toLowerCase(Locale.ROOT);
  }

  /** One at a time: what is older than the one on trial has had its turn. */
  @Override
  public boolean considers(KnownCheckpoint checkpoint, Map<Role, KnownCheckpoint> crew) {
    return crew.entrySet().stream()
        .filter(member -> member.getKey() != Role.PREVIOUS)
        .noneMatch(member -> checkpoint.isNotAfter(member.getValue()));
  }

  @Override
  public Verdict judge(Known known) {
    Optional<String> failure = known.failure();
    if (failure.isPresent()) {
      return new Verdict.Refuse(failure.get());
    }
    if (trial == Trial.MANUAL) {
      return new Verdict.Hold("it waits until someone promotes it");
    }
    if (known.live().isEmpty()) {
      return new Verdict.Promote("no other was live");
    }
    return trial == Trial.CANARY
        ? new Verdict.Canary(share, "it is on trial until someone promotes it")
        : new Verdict.Shadow("it is on trial until someone promotes it");
  }
}
