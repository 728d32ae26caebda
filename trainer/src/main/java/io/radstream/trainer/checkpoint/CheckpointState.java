package io.radstream.trainer.checkpoint;

import io.radstream.trainer.tuples.OffsetRange;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where a run stood at a checkpoint: {@code state.json}.
 *
 * @param line model line
 * @param runId of the run that wrote it
 * @param step optimizer steps that the weights have seen, over all runs of the line
 * @param firstStep the step at which this run began; 0 for the line's first
 * @param epoch of the batch to be read next
 * @param position of that batch within the epoch's order
 * @param seed of the run's configuration
 * @param tokenizer fingerprint; of two tokenizers, both with a plus sign between
 * @param parent id of the line's checkpoint before this one; null for the first
 * @param time ISO-8601, UTC
 * @param train what the run may read of the training topic
 * @param validation what it may read of the validation topic; empty where it does not validate
 * @param labels what it may read of the labels topic; empty without label supervision
 * @param metrics figures at this step
 * @param files name to lower-case hexadecimal SHA-256, for every file but this
 */
public record CheckpointState(
    String line,
    String runId,
    long step,
    long firstStep,
    long epoch,
    int position,
    long seed,
    String tokenizer,
    String parent,
    String time,
    List<OffsetRange> train,
    List<OffsetRange> validation,
    List<OffsetRange> labels,
    Map<String, Double> metrics,
    Map<String, String> files) {

  public CheckpointState {
    Objects.requireNonNull(line, "line");
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(tokenizer, "tokenizer");
    Objects.requireNonNull(time, "time");
    train = List.copyOf(train);
    validation = List.copyOf(validation);
    labels = List.copyOf(labels);
    metrics = Map.copyOf(metrics);
    files = Map.copyOf(files);
  }

  CheckpointState withFiles(Map<String, String> hashes) {
    return new CheckpointState(
        line,
        runId,
        step,
        firstStep,
        epoch,
        position,
        seed,
        tokenizer,
        parent,
        time,
        train,
        validation,
        labels,
        metrics,
        hashes);
  }
}
