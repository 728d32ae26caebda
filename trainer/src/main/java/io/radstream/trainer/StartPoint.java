package io.radstream.trainer;

import io.radstream.radiology.CounterRandom;
import io.radstream.trainer.checkpoint.Checkpoint;
import io.radstream.trainer.checkpoint.CheckpointState;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.tuples.OffsetRange;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Where a run sets in. The same settings as the line's last checkpoint continue the same run, over
 * the same studies and to the same bits; other settings, or more steps, begin a new run of the line
 * from those weights, over the studies that there are now.
 *
 * @param step the line has behind it
 * @param firstStep at which the run began
 * @param from what to load; empty for a new line
 * @param train what an earlier process of this run read; empty for a new run
 * @param validation the same of the validation topic
 * @param labels the same of the labels topic
 */
record StartPoint(
    String runId,
    long step,
    long firstStep,
    Optional<Checkpoint> from,
    List<OffsetRange> train,
    List<OffsetRange> validation,
    List<OffsetRange> labels) {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  /**
   * @throws TrainingException where the checkpoint and the run do not fit
   * @throws IOException where the checkpoint is damaged
   */
  static StartPoint after(
      Optional<Checkpoint> latest, RunConfig config, String tokenizer, Clock clock)
      throws IOException {
    String newRun = config.line() + "-" + STAMP.format(clock.instant());
    if (latest.isEmpty()) {
      return new StartPoint(newRun, 0, 0, latest, List.of(), List.of(), List.of());
    }
    Checkpoint checkpoint = latest.get();
    checkpoint.verify();
    RunConfig earlier = checkpoint.config();
    CheckpointState state = checkpoint.state();
    requireFit(checkpoint, earlier, config, tokenizer);
    if (earlier.learnsLike(config)) {
      return new StartPoint(
          state.runId(),
          state.step(),
          state.firstStep(),
          latest,
          state.train(),
          state.validation(),
          state.labels());
    }
    return new StartPoint(
        newRun, state.step(), state.step(), latest, List.of(), List.of(), List.of());
  }

  private static void requireFit(
      Checkpoint checkpoint, RunConfig earlier, RunConfig config, String tokenizer) {
    if (!checkpoint.state().tokenizer().equals(tokenizer)) {
      throw new TrainingException(
          "%s was trained with another tokenizer (%s, now %s); give that one, which is in its directory, or begin a new line with --fresh"
              .formatted(checkpoint.id(), checkpoint.state().tokenizer(), tokenizer));
    }
    if (!earlier.model().equals(config.model())) {
      throw new TrainingException(
          "%s has another network shape: %s, now %s; use that shape or begin a new line with --fresh"
              .formatted(checkpoint.id(), earlier.model(), config.model()));
    }
  }

  boolean isResumed() {
    return !train.isEmpty();
  }

  /** Seed of the run's order and augmentation: each run of a line has its own. */
  long dataSeed(long seed) {
    return firstStep == 0 ? seed : CounterRandom.of(seed, "run", firstStep).nextLong();
  }
}
