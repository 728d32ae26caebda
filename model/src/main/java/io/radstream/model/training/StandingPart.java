package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import io.radstream.model.explicit.Arrival;
import io.radstream.model.explicit.Contrast;
import io.radstream.model.explicit.Operations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parts of batches that are of the same sizes: each comes into the same arrays. */
final class StandingPart {

  /**
   * @param pulled as other parts of the batch have it
   * @param more whether there were parts before
   */
  private record Turn(boolean pulled, boolean more) {}

  private final Standing standing;
  private final Recordings recordings;
  private final Operations operations;
  private final Arrival arrival;
  private final Contrast.Found pull;
  private final Repeated looking;
  private final Map<Turn, Repeated> learning = new HashMap<>();

  /**
   * @param operations whose manager keeps the arrays
   * @param pictures where those of a part go
   * @param first of the parts
   */
  StandingPart(
      Standing standing,
      Recordings recordings,
      Operations operations,
      NDArray pictures,
      Arrival first) {
    this.standing = standing;
    this.recordings = recordings;
    this.operations = operations;
    this.arrival = first.in(pictures, operations);
    this.pull = standing.part().network().room(operations, first.sizes().studies());
    List<NDArray> vectors = List.of(pull.studies(), pull.reports());
    this.looking =
        new Repeated(recordings, operations, () -> standing.vectors(arrival, vectors), vectors);
  }

  /** Another part takes the place. */
  void take(Arrival next) {
    next.copyTo(arrival, operations);
  }

  /**
   * Vectors of studies and of reports.
   *
   * @param kept whose manager owns them
   */
  List<NDArray> vectors(Operations kept, Runnable seeding) {
    looking.again(seeding);
    return List.of(kept.copy(pull.studies()), kept.copy(pull.reports()));
  }

  /**
   * @param found what the loss of the whole batch finds; empty where this is the whole batch
   */
  void learn(Optional<Contrast.Found> found, boolean more, Runnable seeding) {
    found.ifPresent(of -> of.copyTo(pull, operations));
    learning.computeIfAbsent(new Turn(found.isPresent(), more), this::learning).again(seeding);
  }

  private Repeated learning(Turn turn) {
    Optional<Contrast.Found> given = turn.pulled() ? Optional.of(pull) : Optional.empty();
    return new Repeated(
        recordings,
        operations,
        () -> standing.learn(arrival, given, turn.more()),
        standing.learned());
  }
}
