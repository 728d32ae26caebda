package io.radstream.checkpoints;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;

/**
 * Where a run stood at a checkpoint: {@code state.json}.
 *
 * @param line model line
 * @param runId of the run that wrote it
 * @param step optimizer steps that the weights have seen, over all runs of the line
 * @param firstStep the step at which this run began; 0 for the line's first
 * @param seed of the run's configuration
 * @param tokenizer fingerprint; of two tokenizers, both with a plus sign between
 * @param parent id of the checkpoint that this one grew out of: the line's before it, or what the
 *     line branched off or was fine-tuned from; null where there is none
 * @param time ISO-8601, UTC
 * @param metrics figures at this step
 * @param files name to lower-case hexadecimal SHA-256, for every file but this
 * @param place where the run stood in its data: further fields of the file, which mean something to
 *     the trainer only
 */
public record CheckpointState(
    String line,
    String runId,
    long step,
    long firstStep,
    long seed,
    String tokenizer,
    String parent,
    String time,
    Map<String, Double> metrics,
    Map<String, String> files,
    @JsonAnyGetter @JsonAnySetter Map<String, JsonNode> place) {

  public CheckpointState {
    Objects.requireNonNull(line, "line");
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(tokenizer, "tokenizer");
    Objects.requireNonNull(time, "time");
    metrics = Map.copyOf(metrics);
    files = Map.copyOf(files);
    place = place == null ? Map.of() : Map.copyOf(place);
  }

  /** {@code <line>-<step, 9 digits>}. */
  public String id() {
    return line + "-" + Checkpoint.directoryName(step);
  }

  CheckpointState withFiles(Map<String, String> checksums) {
    return new CheckpointState(
        line, runId, step, firstStep, seed, tokenizer, parent, time, metrics, checksums, place);
  }
}
