package io.radstream.trainer.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.checkpoints.Checkpoint;
import io.radstream.trainer.config.Arrangement;
import io.radstream.trainer.feed.SourcePosition;
import io.radstream.trainer.ledger.LedgerPosition;
import io.radstream.trainer.tuples.SourceRange;
import io.radstream.trainer.tuples.SourceStudies;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a run stood in its data at a checkpoint: what the trainer adds to the checkpoint's state.
 *
 * @param arrangement number of the rules that make batches of the studies; 1 in checkpoints of
 *     older versions
 * @param ranges what the run may read
 * @param studies which of these tuples it learns from; none in checkpoints of older versions, and
 *     of a run that follows the stream
 * @param next where the next step reads on, for each source
 * @param ledger where the step is on the ledger
 * @param ledgerEnds where each of its partitions ended when the checkpoint was written: what grew
 *     out of it stands behind that; none in checkpoints of older versions
 */
public record RunPlace(
    int arrangement,
    List<SourceRange> ranges,
    List<SourceStudies> studies,
    List<SourcePosition> next,
    LedgerPosition ledger,
    List<LedgerPosition> ledgerEnds) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public RunPlace {
    Objects.requireNonNull(ledger, "ledger");
    arrangement = arrangement == 0 ? Arrangement.OFFSETS.number() : arrangement;
    ranges = List.copyOf(ranges);
    studies = studies == null ? List.of() : List.copyOf(studies);
    ledgerEnds = ledgerEnds == null ? List.of() : List.copyOf(ledgerEnds);
    next = List.copyOf(next);
  }

  /**
   * @throws IOException where the checkpoint's state does not tell it
   */
  public static RunPlace of(Checkpoint checkpoint) throws IOException {
    try {
      return JSON.treeToValue(JSON.valueToTree(checkpoint.state().place()), RunPlace.class);
    } catch (JsonProcessingException e) {
      throw checkpoint.damaged(Checkpoint.STATE, e);
    }
  }

  /** Empty where there is no checkpoint. */
  public static Optional<RunPlace> of(Optional<Checkpoint> checkpoint) throws IOException {
    return checkpoint.isPresent() ? Optional.of(of(checkpoint.get())) : Optional.empty();
  }

  /** For the state of a checkpoint. */
  public Map<String, JsonNode> fields() {
    JsonNode tree = JSON.valueToTree(this);
    return tree.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
