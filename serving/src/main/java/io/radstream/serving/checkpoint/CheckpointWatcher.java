package io.radstream.serving.checkpoint;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.log.TopicFollower;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.ModelSlot;
import io.radstream.serving.score.ScoringModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the newest announced checkpoint live. Of several that were announced meanwhile only the
 * newest is loaded; where it is refused, the one before it, as long as that is newer than the live
 * one. Called by one thread.
 */
public final class CheckpointWatcher implements TopicFollower.Listener<CheckpointPublished> {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointWatcher.class);

  /** Older announcements than this many are not tried. */
  private static final int MOST_CANDIDATES = 100;

  private final Optional<String> line;
  private final CheckpointLoader loader;
  private final ModelSlot slot;
  private final CheckpointCatalog catalog;
  private final Counter refusals;

  /** Announced and newer than the live one; the newest first. */
  private final List<CheckpointPublished> candidates = new ArrayList<>();

  /**
   * @param line the only model line to serve, or empty for whichever was announced last
   */
  public CheckpointWatcher(
      Optional<String> line,
      CheckpointLoader loader,
      ModelSlot slot,
      CheckpointCatalog catalog,
      MeterRegistry meters) {
    this.line = line;
    this.loader = loader;
    this.slot = slot;
    this.catalog = catalog;
    this.refusals =
        Counter.builder("radstream.checkpoints.refused")
            .description("Announced checkpoints that were not fit to become live")
            .register(meters);
    FunctionCounter.builder("radstream.hot.loads", slot, ModelSlot::hotLoads)
        .description("Checkpoints that became live")
        .register(meters);
    Gauge.builder("radstream.model.step", slot, CheckpointWatcher::step)
        .description("Optimizer steps behind the live checkpoint")
        .register(meters);
  }

  private static double step(ModelSlot slot) {
    return slot.identity().map(ModelIdentity::step).map(Long::doubleValue).orElse(Double.NaN);
  }

  @Override
  public void accept(List<CheckpointPublished> announcements, boolean caughtUp) {
    for (CheckpointPublished announced : announcements) {
      catalog.descends(announced);
      if (line.isEmpty() || line.get().equals(announced.getLine())) {
        catalog.announced(KnownCheckpoint.of(announced));
        // Announcements are given again where something failed.
        candidates.remove(announced);
        candidates.add(0, announced);
      }
    }
    // A line lies in one partition, in order; several lines are only in order of time.
    candidates.sort(Comparator.comparing(CheckpointPublished::getTime).reversed());
    if (candidates.size() > MOST_CANDIDATES) {
      candidates.subList(MOST_CANDIDATES, candidates.size()).clear();
    }
    if (caughtUp) {
      loadNewest();
    }
  }

  private void loadNewest() {
    while (!candidates.isEmpty()) {
      CheckpointPublished candidate = candidates.remove(0);
      try {
        makeLive(load(candidate));
        candidates.clear();
      } catch (RefusedCheckpointException e) {
        refuse(candidate, e);
      }
    }
  }

  /** Whatever a checkpoint does to its loader, such as to need too much memory, others go on. */
  private ScoringModel load(CheckpointPublished candidate) throws RefusedCheckpointException {
    try {
      return loader.load(candidate);
    } catch (RuntimeException | Error e) {
      throw new RefusedCheckpointException("loading it failed: " + e, e);
    }
  }

  private void makeLive(ScoringModel model) {
    ModelIdentity identity = model.identity();
    slot.swap(model);
    catalog.live(identity.checkpointId(), identity.loadedAt());
    LOG.atInfo()
        .addKeyValue("checkpoint", identity.checkpointId())
        .addKeyValue("step", identity.step())
        .log("checkpoint is live");
  }

  private void refuse(CheckpointPublished candidate, RefusedCheckpointException e) {
    refusals.increment();
    catalog.refused(candidate.getCheckpointId(), e.getMessage());
    LOG.atWarn()
        .addKeyValue("checkpoint", candidate.getCheckpointId())
        .addKeyValue("live", slot.identity().map(ModelIdentity::checkpointId).orElse("none"))
        .log("checkpoint refused: {}", e.getMessage());
    LOG.atDebug().setCause(e).log("why the checkpoint was refused");
  }
}
