package io.radstream.serving.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointState;
import io.radstream.serving.score.LogPosition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the checkpoint's own {@code state.json} tells of the same run and the same record of the
 * ledger as the receipt.
 *
 * @param directory whose {@code state.json} is the one that the receipt names
 */
record RunCheck(Path directory) {

  static final String NAME = "run";

  ReceiptCheck of(ReceiptCheckpoint checkpoint) {
    CheckpointState state;
    try {
      state = Checkpoint.read(directory).state();
    } catch (IOException e) {
      return ReceiptCheck.notChecked(NAME, "state.json does not tell: " + e.getMessage());
    }
    List<String> others = differences(state, checkpoint);
    return others.isEmpty()
        ? ReceiptCheck.ok(
            NAME,
            "state.json names run %s, step %d and the same record of the ledger; whether that run took"
                    .formatted(checkpoint.runId(), checkpoint.step())
                + " these steps is for 'radstream replay' to check")
        : ReceiptCheck.failed(
            NAME, "state.json names another " + String.join(", another ", others));
  }

  private static List<String> differences(CheckpointState state, ReceiptCheckpoint checkpoint) {
    List<String> others = new ArrayList<>();
    if (!state.id().equals(checkpoint.id()) || !state.line().equals(checkpoint.line())) {
      others.add("checkpoint");
    }
    if (!state.runId().equals(checkpoint.runId())) {
      others.add("run");
    }
    if (state.step() != checkpoint.step()) {
      others.add("step");
    }
    if (!isSame(
        state.place().getOrDefault("ledger", MissingNode.getInstance()), checkpoint.ledger())) {
      others.add("record of the ledger");
    }
    return others;
  }

  /** The topic's name is not in the file: it depends on where the cluster is asked from. */
  private static boolean isSame(JsonNode told, LogPosition ledger) {
    return ledger == null
        ? !told.isObject()
        : told.path("partition").asInt(-1) == ledger.partition()
            && told.path("offset").asLong(-1) == ledger.offset();
  }
}
