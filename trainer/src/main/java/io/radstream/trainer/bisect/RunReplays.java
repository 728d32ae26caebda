package io.radstream.trainer.bisect;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.replay.Replay;
import io.radstream.trainer.replay.ReplayListener;
import io.radstream.trainer.replay.ReplayRequest;
import io.radstream.trainer.replay.ReplaySummary;
import io.radstream.trainer.replay.ReplayedNetwork;
import io.radstream.trainer.replay.ReplayedStep;
import io.radstream.trainer.run.Surroundings;
import io.radstream.trainer.traits.Exclusion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/** Takes steps of a run again from its nearest checkpoint, and looks at the network between. */
final class RunReplays {

  /** Looks at a network. */
  @FunctionalInterface
  interface Look {

    void at(long step, ReplayedNetwork network) throws IOException;
  }

  private final Surroundings at;
  private final String line;
  private final String runId;
  private final BisectListener listener;
  private Optional<Replay> underWay = Optional.empty();
  private boolean stopRequested;

  RunReplays(Surroundings at, String line, String runId, BisectListener listener) {
    this.at = at;
    this.line = line;
    this.runId = runId;
    this.listener = listener;
  }

  /** From any thread. */
  synchronized void requestStop() {
    stopRequested = true;
    underWay.ifPresent(Replay::requestStop);
  }

  /**
   * @param steps to look at; the last is where it ends
   * @param from step that a checkpoint to set in at may not be behind
   * @return what came of the replay
   * @throws TrainingException where the steps do not give the run's own weights again
   * @throws StoppedException where a stop was requested
   */
  ReplaySummary look(
      NavigableSet<Long> steps, long from, List<Exclusion> without, String why, Look look)
      throws IOException, InterruptedException {
    Optional<Checkpoint> nearest = nearest(from);
    listener.replays(
        nearest.map(checkpoint -> checkpoint.state().step()).orElse(0L), steps.last(), why);
    Replay replay =
        new Replay(
            at,
            new ReplayRequest(
                runId,
                Optional.of(steps.last()),
                nearest.map(Checkpoint::directory),
                List.of(),
                Optional.empty(),
                without,
                true,
                Optional.empty()),
            new Looking(steps, look));
    begin(replay);
    ReplaySummary summary;
    try {
      summary = replay.run();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    requireGoingOn();
    if (summary.difference().isPresent()) {
      throw new TrainingException(
          "the run cannot be taken again to the bit, so that figures of a replay say nothing of it: "
              + summary.difference().get());
    }
    return summary;
  }

  private synchronized void begin(Replay replay) {
    requireGoingOn();
    underWay = Optional.of(replay);
  }

  private synchronized void requireGoingOn() {
    if (stopRequested) {
      throw new StoppedException();
    }
  }

  private Optional<Checkpoint> nearest(long from) throws IOException {
    Optional<Checkpoint> found =
        at.store().list(line).stream()
            .filter(checkpoint -> checkpoint.state().runId().equals(runId))
            .filter(checkpoint -> checkpoint.state().step() <= from)
            .max(Comparator.comparingLong(checkpoint -> checkpoint.state().step()));
    return found.isPresent() ? at.store().find(line, found.get().state().step()) : found;
  }

  /** Of one replay. */
  private final class Looking implements ReplayListener {

    private final NavigableSet<Long> steps;
    private final Look look;

    Looking(NavigableSet<Long> steps, Look look) {
      this.steps = steps;
      this.look = look;
    }

    @Override
    public void replayed(ReplayedStep step) {
      listener.replayed(step.step());
    }

    @Override
    public boolean examines(long step) {
      return steps.contains(step);
    }

    @Override
    public void examine(long step, ReplayedNetwork network) {
      try {
        look.at(step, network);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
