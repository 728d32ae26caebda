package io.radstream.serving.decisions;

import io.radstream.serving.fleet.CheckpointRef;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Decisions that are carried out by this instance only, until the log goes on. Thread-safe. */
final class UnrecordedDecisions {

  private final List<Decision> decisions = new CopyOnWriteArrayList<>();

  void add(Decision decision) {
    decisions.add(decision);
  }

  /** The log's next decision takes their place. */
  void clear() {
    decisions.clear();
  }

  List<Decision> all() {
    return List.copyOf(decisions);
  }

  boolean hasJudged(String policy, CheckpointRef checkpoint) {
    return decisions.stream()
        .anyMatch(decision -> decision.decidedBy().equals(policy) && isAbout(decision, checkpoint));
  }

  /** The last one about a checkpoint. */
  Optional<Decision> last(CheckpointRef checkpoint) {
    return decisions.stream()
        .filter(decision -> isAbout(decision, checkpoint))
        .reduce((earlier, later) -> later);
  }

  private static boolean isAbout(Decision decision, CheckpointRef checkpoint) {
    return decision.checkpoint().filter(checkpoint::equals).isPresent();
  }
}
