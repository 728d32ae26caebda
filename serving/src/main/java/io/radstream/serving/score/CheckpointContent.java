package io.radstream.serving.score;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a checkpoint is made of, as it was announced.
 *
 * @param runId of the run that wrote it
 * @param files name to SHA-256 in lower-case hexadecimal, the weights among them
 * @param positions end (exclusive) of what the run may read, for each partition
 * @param ledger the record of its step; empty where the announcement has none
 * @param originals whether it is to see pictures at full resolution, where there are such
 */
public record CheckpointContent(
    String runId,
    Map<String, String> files,
    List<LogPosition> positions,
    Optional<LogPosition> ledger,
    boolean originals) {

  /** Of a model that was made in memory, of no announced checkpoint. */
  public static final CheckpointContent NONE =
      new CheckpointContent("", Map.of(), List.of(), Optional.empty());

  public CheckpointContent {
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(ledger, "ledger");
    files = Collections.unmodifiableMap(new TreeMap<>(files));
    positions = List.copyOf(positions);
  }

  /** Of one that sees what is published. */
  public CheckpointContent(
      String runId,
      Map<String, String> files,
      List<LogPosition> positions,
      Optional<LogPosition> ledger) {
    this(runId, files, positions, ledger, false);
  }

  /** The same of one that is to see other pictures. */
  public CheckpointContent seeing(boolean others) {
    return new CheckpointContent(runId, files, positions, ledger, others);
  }
}
