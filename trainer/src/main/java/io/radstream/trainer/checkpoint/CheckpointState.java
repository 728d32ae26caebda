package io.radstream.trainer.checkpoint;

import io.radstream.trainer.config.Arrangement;
import io.radstream.trainer.feed.SourcePosition;
import io.radstream.trainer.ledger.LedgerPosition;
import io.radstream.trainer.tuples.SourceRange;
import io.radstream.trainer.tuples.SourceStudies;
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
 * @param seed of the run's configuration
 * @param tokenizer fingerprint; of two tokenizers, both with a plus sign between
 * @param parent id of the checkpoint that this one grew out of: the line's before it, or what the
 *     line branched off or was fine-tuned from; null where there is none
 * @param time ISO-8601, UTC
 * @param arrangement number of the rules that make batches of the studies; 1 in checkpoints of
 *     older versions
 * @param ranges what the run may read
 * @param studies which of these tuples it learns from; none in checkpoints of older versions, and
 *     of a run that follows the stream
 * @param next where the next step reads on, for each source
 * @param ledger where the step is on the ledger
 * @param ledgerEnds where each of its partitions ended when the checkpoint was written: what grew
 *     out of it stands behind that; none in checkpoints of older versions
 * @param metrics figures at this step
 * @param files name to lower-case hexadecimal SHA-256, for every file but this
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
    int arrangement,
    List<SourceRange> ranges,
    List<SourceStudies> studies,
    List<SourcePosition> next,
    LedgerPosition ledger,
    List<LedgerPosition> ledgerEnds,
    Map<String, Double> metrics,
    Map<String, String> files) {

  public CheckpointState {
    Objects.requireNonNull(line, "line");
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(tokenizer, "tokenizer");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(ledger, "ledger");
    arrangement = arrangement == 0 ? Arrangement.OFFSETS.number() : arrangement;
    ranges = List.copyOf(ranges);
    studies = studies == null ? List.of() : List.copyOf(studies);
    ledgerEnds = ledgerEnds == null ? List.of() : List.copyOf(ledgerEnds);
    next = List.copyOf(next);
    metrics = Map.copyOf(metrics);
    files = Map.copyOf(files);
  }

  CheckpointState withFiles(Map<String, String> hashes) {
    return new CheckpointState(
        line,
        runId,
        step,
        firstStep,
        seed,
        tokenizer,
        parent,
        time,
        arrangement,
        ranges,
        studies,
        next,
        ledger,
        ledgerEnds,
        metrics,
        hashes);
  }
}
