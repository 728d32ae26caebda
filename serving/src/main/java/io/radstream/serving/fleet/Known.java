package io.radstream.serving.fleet;

import io.radstream.serving.score.Capability;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a policy may judge a checkpoint by.
 *
 * @param checkpoint the one to be judged: its line, step, figures and withdrawn studies
 * @param capabilities what it can do; empty where it could not be loaded
 * @param failure why it could not be loaded; such a one can only be refused
 * @param fleet the checkpoints that are loaded, with their figures
 * @param exam the models themselves, to put studies before them
 */
public record Known(
    KnownCheckpoint checkpoint,
    Set<Capability> capabilities,
    Optional<String> failure,
    Map<Role, KnownCheckpoint> fleet,
    Exam exam) {

  public Known {
    capabilities = Set.copyOf(capabilities);
    fleet = Map.copyOf(fleet);
  }

  /** For a policy that looks at figures only. */
  public Known(
      KnownCheckpoint checkpoint,
      Set<Capability> capabilities,
      Optional<String> failure,
      Map<Role, KnownCheckpoint> fleet) {
    this(checkpoint, capabilities, failure, fleet, Exam.NONE);
  }

  /** The checkpoint that answers. */
  public Optional<KnownCheckpoint> live() {
    return Optional.ofNullable(fleet.get(Role.LIVE));
  }
}
