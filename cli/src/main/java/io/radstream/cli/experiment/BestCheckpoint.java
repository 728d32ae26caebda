package io.radstream.cli.experiment;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.experiments.results.TrainedNetwork;
import io.radstream.model.objective.FindingAucs;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.figures.MetricNames;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Of those that a line has kept: for a run that learns labels the one with the highest mean AUC of
 * validation, for another the one with the lowest loss, the earlier of two; the newest where none
 * was validated.
 */
final class BestCheckpoint {

  private BestCheckpoint() {}

  static TrainedNetwork of(CheckpointStore store, RunConfig config) throws IOException {
    List<Checkpoint> all = store.list(config.line());
    if (all.isEmpty()) {
      throw new IOException("line %s has no checkpoint".formatted(config.line()));
    }
    Checkpoint best =
        (config.model().findings().isEmpty()
                ? lowest(all, MetricNames.VALIDATION_LOSS, 1)
                : lowest(all, FindingAucs.AUC, -1))
            .orElse(all.get(all.size() - 1));
    return new TrainedNetwork(
        best.state().runId(),
        best.id(),
        best.directory().toAbsolutePath().normalize().toString(),
        best.state().step());
  }

  private static Optional<Checkpoint> lowest(List<Checkpoint> all, String figure, int sign) {
    Optional<Checkpoint> best = Optional.empty();
    double value = Double.POSITIVE_INFINITY;
    for (Checkpoint checkpoint : all) {
      Map<String, Double> metrics = checkpoint.state().metrics();
      double own = sign * metrics.getOrDefault(figure, Double.NaN);
      if (own < value) {
        best = Optional.of(checkpoint);
        value = own;
      }
    }
    return best;
  }
}
