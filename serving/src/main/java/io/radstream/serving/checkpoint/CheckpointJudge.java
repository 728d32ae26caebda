package io.radstream.serving.checkpoint;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.serving.fleet.Known;
import io.radstream.serving.fleet.KnownCheckpoint;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.fleet.ServingPolicy;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.ScoringModel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a checkpoint, asks the policy what is to become of it, and sees that it does. For one
 * thread.
 */
public final class CheckpointJudge {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointJudge.class);

  /**
   * A verdict that has not been carried out.
   *
   * @param model empty where the checkpoint could not be loaded; the verdict is to refuse it then
   */
  record Judged(String checkpointId, Optional<ScoringModel> model, Verdict verdict) {

    private void discard() {
      model.ifPresent(ScoringModel::close);
    }
  }

  private final CheckpointLoader loader;
  private final ServingPolicy policy;
  private final ModelFleet fleet;
  private final CheckpointCatalog catalog;
  private final InstantSource clock;
  private final Counter refusals;

  public CheckpointJudge(
      CheckpointLoader loader,
      ServingPolicy policy,
      ModelFleet fleet,
      CheckpointCatalog catalog,
      InstantSource clock,
      MeterRegistry meters) {
    this.loader = loader;
    this.policy = policy;
    this.fleet = fleet;
    this.catalog = catalog;
    this.clock = clock;
    this.refusals =
        Counter.builder("radstream.checkpoints.refused")
            .description("Announced checkpoints that were not fit to become live")
            .register(meters);
    FunctionCounter.builder("radstream.hot.loads", fleet, ModelFleet::hotLoads)
        .description("Checkpoints that became live")
        .register(meters);
    Gauge.builder("radstream.model.step", fleet, CheckpointJudge::step)
        .description("Optimizer steps behind the live checkpoint")
        .register(meters);
  }

  private static double step(ModelFleet fleet) {
    return fleet.live().map(ModelIdentity::step).map(Long::doubleValue).orElse(Double.NaN);
  }

  boolean isAnyLive() {
    return fleet.live().isPresent();
  }

  Judged judge(CheckpointPublished announced) {
    try {
      ScoringModel model = load(announced);
      return new Judged(
          announced.getCheckpointId(),
          Optional.of(model),
          ask(announced, model.capabilities(), Optional.empty()));
    } catch (RefusedCheckpointException e) {
      LOG.atDebug().setCause(e).log("why the checkpoint cannot be loaded");
      Verdict verdict = ask(announced, Set.of(), Optional.of(e.getMessage()));
      return new Judged(
          announced.getCheckpointId(),
          Optional.empty(),
          verdict instanceof Verdict.Refuse ? verdict : new Verdict.Refuse(e.getMessage()));
    }
  }

  /** Whatever a checkpoint does to its loader, such as to need too much memory, others go on. */
  private ScoringModel load(CheckpointPublished announced) throws RefusedCheckpointException {
    try {
      return loader.load(announced);
    } catch (RuntimeException | Error e) {
      throw new RefusedCheckpointException("loading it failed: " + e, e);
    }
  }

  private Verdict ask(
      CheckpointPublished announced, Set<Capability> capabilities, Optional<String> failure) {
    KnownCheckpoint checkpoint =
        catalog.find(announced.getCheckpointId()).orElseGet(() -> KnownCheckpoint.of(announced));
    try {
      return Objects.requireNonNull(
          policy.judge(new Known(checkpoint, capabilities, failure, catalog.fleet())),
          "the policy gave no verdict");
    } catch (RuntimeException | Error e) {
      LOG.atWarn().setCause(e).log("the serving policy failed");
      return new Verdict.Refuse("judging it failed: " + e);
    }
  }

  /** Has the checkpoint as it was: another one is on trial in its place. */
  void passOver(Judged judged) {
    judged.discard();
    catalog.judged(judged.checkpointId(), judged.verdict(), fleet.roles(), clock.instant());
  }

  void carryOut(Judged judged) {
    Verdict done =
        judged
            .model()
            .map(model -> fleet.carryOut(model, judged.verdict()))
            .orElse(judged.verdict());
    Instant at =
        judged
            .model()
            .map(ScoringModel::identity)
            .map(ModelIdentity::loadedAt)
            .orElseGet(clock::instant);
    catalog.judged(judged.checkpointId(), done, fleet.roles(), at);
    tell(judged.checkpointId(), done);
  }

  private void tell(String checkpointId, Verdict verdict) {
    String live = fleet.live().map(ModelIdentity::checkpointId).orElse("none");
    if (verdict instanceof Verdict.Refuse) {
      refusals.increment();
      LOG.atWarn()
          .addKeyValue("checkpoint", checkpointId)
          .addKeyValue("live", live)
          .log("checkpoint refused: {}", verdict.reason());
    } else if (verdict instanceof Verdict.Promote) {
      LOG.atInfo()
          .addKeyValue("checkpoint", checkpointId)
          .addKeyValue("step", fleet.live().map(ModelIdentity::step).orElse(-1L))
          .log("checkpoint is live");
    } else {
      LOG.atInfo()
          .addKeyValue("checkpoint", checkpointId)
          .addKeyValue("verdict", verdict.name())
          .addKeyValue("live", live)
          .log("checkpoint is not live: {}", verdict.reason());
    }
  }
}
