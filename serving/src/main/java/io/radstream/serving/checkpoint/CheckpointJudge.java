package io.radstream.serving.checkpoint;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.trace.TraceFields;
import io.radstream.serving.fleet.Exam;
import io.radstream.serving.fleet.JudgingStoppedException;
import io.radstream.serving.fleet.Known;
import io.radstream.serving.fleet.KnownCheckpoint;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.fleet.Role;
import io.radstream.serving.fleet.ServingPolicy;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.Models;
import io.radstream.serving.score.ScoringModel;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads a checkpoint, and asks the policy what is to become of it. For one thread. */
public final class CheckpointJudge {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointJudge.class);

  /**
   * A verdict that has not been carried out.
   *
   * @param model empty where the checkpoint could not be loaded; the verdict is to refuse it then
   * @param forNow whether it could not be loaded for a reason that may pass
   */
  record Judged(Optional<ScoringModel> model, Verdict verdict, boolean forNow) {}

  private final CheckpointLoader loader;
  private final ServingPolicy policy;
  private final ModelFleet fleet;
  private final CheckpointCatalog catalog;
  private final CheckpointSpans spans;
  private final Counter refusals;
  private volatile boolean stopped;

  public CheckpointJudge(
      CheckpointLoader loader,
      ServingPolicy policy,
      ModelFleet fleet,
      CheckpointCatalog catalog,
      CheckpointSpans spans,
      MeterRegistry meters) {
    this.loader = loader;
    this.policy = policy;
    this.fleet = fleet;
    this.catalog = catalog;
    this.spans = spans;
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

  ServingPolicy policy() {
    return policy;
  }

  /** What is being judged ends early, without a verdict; from any thread. */
  void stop() {
    stopped = true;
    loader.stop();
  }

  /** A verdict for which nothing need be loaded. */
  Optional<Verdict> unloaded(CheckpointPublished announced) {
    try {
      return policy.unloaded(known(announced, Set.of(), Optional.empty(), Exam.NONE));
    } catch (RuntimeException | Error e) {
      return Optional.of(failed(e));
    }
  }

  private static Verdict failed(Throwable e) {
    LOG.atWarn().setCause(e).log("the serving policy failed");
    return new Verdict.Refuse("judging it failed: " + e);
  }

  /**
   * @throws JudgingStoppedException where the service stops meanwhile
   */
  Judged judge(CheckpointPublished announced) {
    try {
      return loaded(announced, load(announced));
    } catch (RefusedCheckpointException e) {
      LOG.atDebug().setCause(e).log("why the checkpoint cannot be loaded");
      Verdict verdict = ask(announced, Set.of(), Optional.of(e.getMessage()), Exam.NONE);
      return new Judged(
          Optional.empty(),
          verdict instanceof Verdict.Refuse ? verdict : new Verdict.Refuse(e.getMessage()),
          e.isForNow());
    }
  }

  private Judged loaded(CheckpointPublished announced, ScoringModel model) {
    try {
      return judge(announced, model);
    } catch (RuntimeException | Error e) {
      // As where the service stops meanwhile.
      model.close();
      throw e;
    }
  }

  /**
   * The same for one that is loaded. The live one stays open meanwhile, whatever becomes of its
   * role.
   */
  Judged judge(CheckpointPublished announced, ScoringModel model) {
    Optional<Models.Lease> live = fleet.hold(Role.LIVE);
    try {
      Exam exam = new Exam(Optional.of(model), live.map(Models.Lease::model), () -> stopped);
      return new Judged(
          Optional.of(model), ask(announced, model.capabilities(), Optional.empty(), exam), false);
    } finally {
      live.ifPresent(Models.Lease::close);
    }
  }

  /**
   * Whatever a checkpoint does to its loader, such as to need too much memory, others go on.
   *
   * @throws JudgingStoppedException where the service stops meanwhile
   */
  ScoringModel load(CheckpointPublished announced) throws RefusedCheckpointException {
    Span span = spans.begin("load", announced.getCheckpointId());
    boolean loaded = false;
    try {
      ScoringModel model = loader.load(announced);
      loaded = true;
      return model;
    } catch (JudgingStoppedException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      throw new RefusedCheckpointException("loading it failed: " + e, e);
    } finally {
      (loaded ? span : span.setStatus(StatusCode.ERROR)).end();
    }
  }

  private Verdict ask(
      CheckpointPublished announced,
      Set<Capability> capabilities,
      Optional<String> failure,
      Exam exam) {
    Span span = spans.begin("judge", announced.getCheckpointId());
    try {
      Verdict verdict = verdict(announced, capabilities, failure, exam);
      span.setAttribute(TraceFields.VERDICT, verdict.name());
      return verdict;
    } finally {
      span.end();
    }
  }

  private Verdict verdict(
      CheckpointPublished announced,
      Set<Capability> capabilities,
      Optional<String> failure,
      Exam exam) {
    try {
      return Objects.requireNonNull(
          policy.judge(known(announced, capabilities, failure, exam)),
          "the policy gave no verdict");
    } catch (JudgingStoppedException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      return failed(e);
    }
  }

  private Known known(
      CheckpointPublished announced,
      Set<Capability> capabilities,
      Optional<String> failure,
      Exam exam) {
    return new Known(known(announced), capabilities, failure, catalog.fleet(), exam);
  }

  KnownCheckpoint known(CheckpointPublished announced) {
    return catalog
        .find(announced.getCheckpointId())
        .filter(known -> known.runId().equals(announced.getRunId()))
        .orElseGet(() -> KnownCheckpoint.of(announced));
  }

  /** Counts and tells of a checkpoint that is not fit to become live. */
  void unfit(String checkpointId, String why) {
    refusals.increment();
    LOG.atWarn()
        .addKeyValue("checkpoint", checkpointId)
        .addKeyValue("live", fleet.live().map(ModelIdentity::checkpointId).orElse("none"))
        .log("checkpoint {}", why);
  }
}
