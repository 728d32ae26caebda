package io.radstream.trainer.replay;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.RunOpening;
import io.radstream.schemas.StepRecord;
import io.radstream.trainer.config.InvalidConfigException;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.config.RunConfigReader;
import io.radstream.trainer.data.EarlierReads;
import io.radstream.trainer.data.Origin;
import io.radstream.trainer.data.RecordedTokenizers;
import io.radstream.trainer.data.StartPoint;
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.ledger.LedgerEntry;
import io.radstream.trainer.ledger.LedgerPosition;
import io.radstream.trainer.ledger.LedgerReader;
import io.radstream.trainer.run.FirstNetwork;
import io.radstream.trainer.run.RunEnvironment;
import io.radstream.trainer.tuples.SourceRanges;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that a replay needs, from the ledger alone but for the weights that a run set out from
 * where it went on with a line.
 *
 * @param config of the run, with the settings that differ
 * @param origin weights to set in at; none where the line began with this run
 * @param begin where the steps to be taken again begin on the ledger
 */
record ReplayPlan(
    StepRecord opening,
    RunConfig config,
    boolean counterfactual,
    Origin origin,
    LedgerPosition begin) {

  /**
   * @throws TrainingException where the ledger has no such run, the checkpoint is of another run,
   *     or the weights that the run set out from are not to be had
   * @throws IOException where the checkpoint is damaged
   * @throws InvalidConfigException where a setting does not exist or fit
   */
  static ReplayPlan of(ReplayRequest request, LedgerReader ledger, CheckpointStore store)
      throws IOException {
    LedgerEntry entry =
        ledger
            .newestRun(record -> record.getRunId().equals(request.runId()))
            .orElseThrow(
                () ->
                    new TrainingException(
                        "the ledger has no run %s; a checkpoint's state.json names the run that wrote it"
                            .formatted(request.runId())));
    RunConfig recorded = RunConfig.fromJson(entry.record().getOpening().getConfig());
    List<String> settings = new ArrayList<>(request.settings());
    request.workers().ifPresent(workers -> settings.add("data.workers=" + workers));
    RunConfig config = new RunConfigReader().read(recorded, Optional.empty(), settings);
    Origin origin = Origin.of(from(request, entry.record(), store));
    boolean within =
        origin.checkpoint().filter(checkpoint -> isOf(checkpoint, request.runId())).isPresent();
    return new ReplayPlan(
        entry.record(),
        config,
        !recorded.learnsLike(config) || !request.without().isEmpty(),
        origin,
        within ? origin.place().get().ledger() : entry.position());
  }

  private static boolean isOf(Checkpoint checkpoint, String runId) {
    return checkpoint.state().runId().equals(runId);
  }

  private static Optional<Checkpoint> from(
      ReplayRequest request, StepRecord first, CheckpointStore store) throws IOException {
    String parent = first.getOpening().getParent();
    if (request.checkpoint().isPresent()) {
      Checkpoint given = Checkpoint.read(request.checkpoint().get());
      given.verify();
      if (!isOf(given, request.runId()) && !given.id().equals(parent)) {
        throw new TrainingException(
            "checkpoint %s is neither of run %s nor what it began from"
                .formatted(given.id(), request.runId()));
      }
      return Optional.of(given);
    }
    if (parent == null) {
      return Optional.empty();
    }
    Checkpoint found = parent(parent, first, store);
    found.verify();
    return Optional.of(found);
  }

  private static Checkpoint parent(String id, StepRecord first, CheckpointStore store)
      throws IOException {
    int dash = id.lastIndexOf('-');
    return store
        .find(id.substring(0, dash), Long.parseLong(id.substring(dash + 1)))
        .filter(
            found ->
                first
                    .getOpening()
                    .getWeightsDigest()
                    .equals(found.state().files().get(Checkpoint.MODEL)))
        .orElseThrow(
            () ->
                new TrainingException(
                    "run %s began from checkpoint %s, which is not in the store; name its directory with --from-checkpoint, or replay the run before it"
                        .formatted(first.getRunId(), id)));
  }

  /** The step that the weights have behind them. */
  long step() {
    return origin
        .checkpoint()
        .map(checkpoint -> checkpoint.state().step())
        .orElse(opening.getOpening().getFirstStep());
  }

  /** The weights that the ledger has for that step. */
  String weightsDigest() {
    return origin
        .checkpoint()
        .map(checkpoint -> checkpoint.state().files().get(Checkpoint.MODEL))
        .orElse(opening.getOpening().getWeightsDigest());
  }

  /** What is other than when the run was opened: name to "before, now". */
  Map<String, String> changedSince(RunEnvironment current) {
    Map<String, String> now = current.byName();
    Map<String, String> differing = new TreeMap<>();
    opening
        .getOpening()
        .getEnvironment()
        .forEach(
            (name, before) -> {
              if (!before.equals(now.get(name))) {
                differing.put(name, "%s, now %s".formatted(before, now.get(name)));
              }
            });
    return differing;
  }

  /**
   * @throws IOException where public weights cannot be read or do not fit
   */
  FirstNetwork network(ReportTokenizers tokenizers) throws IOException {
    return FirstNetwork.of(config, origin.checkpoint(), tokenizers.encoder().tokens());
  }

  /** The run's own; the caller closes them. */
  ReportTokenizers tokenizers() throws IOException {
    return RecordedTokenizers.of(opening.getOpening());
  }

  /**
   * As the process has it that opened the run.
   *
   * @throws TrainingException where this version does not know the run's arrangement
   */
  StartPoint start() {
    RunOpening first = opening.getOpening();
    return new StartPoint(
        opening.getRunId(),
        step(),
        first.getFirstStep(),
        origin,
        List.of(),
        StartPoint.known(first.getArrangement(), opening.getRunId()),
        new EarlierReads(SourceRanges.ofRecords(first.getRanges()), List.of()));
  }
}
