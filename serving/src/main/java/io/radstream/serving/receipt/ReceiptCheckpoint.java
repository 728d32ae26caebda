package io.radstream.serving.receipt;

import io.radstream.serving.score.CheckpointContent;
import io.radstream.serving.score.LogPosition;
import io.radstream.serving.score.ModelIdentity;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The checkpoint that answered, as it was announced.
 *
 * @param id as announced
 * @param line model line
 * @param step optimizer steps behind it
 * @param runId of the run that wrote it; empty for a model that no checkpoint was announced of
 * @param files name to SHA-256 in lower-case hexadecimal, the weights among them
 * @param positions end (exclusive) of what the run may read, for each partition
 * @param ledger the record of its step; null where the announcement had none
 */
public record ReceiptCheckpoint(
    String id,
    String line,
    long step,
    String runId,
    Map<String, String> files,
    List<LogPosition> positions,
    LogPosition ledger) {

  private static final int MOST_FILES = 100;
  private static final int MOST_POSITIONS = 10_000;

  /** No path: what is beside or above the checkpoint's directory is not its file. */
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

  /** As {@code train} takes it: who looks for the checkpoint makes a path of it. */
  private static final Pattern LINE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /**
   * @throws IllegalArgumentException where a field does not hold what it is for
   */
  public ReceiptCheckpoint {
    Form.text("checkpoint.id", id);
    Form.require(
        line != null && LINE.matcher(line).matches(), "checkpoint.line", "a model line's name");
    Form.text("checkpoint.runId", runId);
    Form.exact("checkpoint.step", step);
    Form.map("checkpoint.files", files, MOST_FILES);
    files.forEach(
        (name, sha256) -> {
          Form.require(FILE.matcher(name).matches(), "a name in checkpoint.files", "a file's name");
          Form.sha256("checkpoint.files", sha256);
        });
    files = Collections.unmodifiableMap(new TreeMap<>(files));
    positions = Form.list("checkpoint.positions", positions, MOST_POSITIONS);
    positions.forEach(at -> check("checkpoint.positions", at));
    if (ledger != null) {
      check("checkpoint.ledger", ledger);
    }
  }

  private static void check(String field, LogPosition position) {
    Form.text(field + ".topic", position.topic());
    Form.exact(field + ".offset", position.offset());
    Form.number(field + ".partition", position.partition(), Integer.MAX_VALUE);
  }

  static ReceiptCheckpoint of(ModelIdentity model) {
    CheckpointContent content = model.content();
    return new ReceiptCheckpoint(
        model.checkpointId(),
        model.line(),
        model.step(),
        content.runId(),
        content.files(),
        content.positions(),
        content.ledger().orElse(null));
  }
}
