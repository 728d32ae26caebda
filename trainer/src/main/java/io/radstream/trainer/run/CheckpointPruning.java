package io.radstream.trainer.run;

import io.radstream.checkpoints.BestRule;
import io.radstream.checkpoints.CheckpointLine;
import io.radstream.checkpoints.Retention;
import io.radstream.trainer.checkpoint.LiveCheckpoints;
import io.radstream.trainer.config.RunConfig;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes a line's checkpoints that are no longer needed. */
record CheckpointPruning(CheckpointLine line, LiveCheckpoints live, RunConfig.Checkpoints keep) {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointPruning.class);

  /** Those that stay are safe: nothing that comes of the others may end the run. */
  void prune() {
    try {
      Optional<Set<String>> inUse = live.inUse();
      if (inUse.isPresent()) {
        Optional<BestRule> best =
            keep.keepBest() ? Optional.of(CheckpointKeeper.rule(keep.best())) : Optional.empty();
        line.prune(new Retention(keep.keepLast(), best, keep.keepEvery()), inUse.get());
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("no checkpoint is deleted now; training goes on: {}", e.toString());
    }
  }
}
