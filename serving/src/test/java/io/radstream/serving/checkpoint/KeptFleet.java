package io.radstream.serving.checkpoint;

import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.serving.decisions.DecisionLog;
import io.radstream.serving.decisions.DecisionMaker;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.fleet.Role;
import io.radstream.serving.fleet.ServingPolicy;
import io.radstream.serving.score.FakeNetwork;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** All that keeps a fleet in order, as the service puts it together, but for Kafka. */
public record KeptFleet(
    ModelFleet fleet,
    CheckpointCatalog catalog,
    DecisionLog log,
    CheckpointJudge judge,
    FleetKeeper keeper,
    ModelCommands commands,
    CheckpointWatcher watcher) {

  /** What differs between tests. */
  public record Parts(
      Path store, NetworkLoader networks, ServingPolicy policy, Optional<String> line) {

    public static Parts of(Path store, ServingPolicy policy) {
      return new Parts(store, (config, weights) -> new FakeNetwork(), policy, Optional.empty());
    }
  }

  /**
   * @param instance that no other one has
   * @param thread the caller's own, or a single one
   */
  public static KeptFleet of(
      String instance,
      Parts parts,
      ModelFleet fleet,
      CheckpointCatalog catalog,
      DecisionLog log,
      InstantSource clock,
      MeterRegistry meters,
      Executor thread) {
    Announcements announcements = new Announcements(log);
    DecisionMaker maker = new DecisionMaker(instance, clock);
    CheckpointJudge judge =
        new CheckpointJudge(
            new CheckpointLoader(parts.store(), FakeNetwork.PROMPTS, parts.networks(), clock),
            parts.policy(),
            fleet,
            catalog,
            CheckpointSpans.none(),
            meters);
    LoadedModels models =
        new LoadedModels(fleet, catalog, announcements, log, true, clock, CheckpointSpans.none());
    FleetKeeper keeper =
        new FleetKeeper(
            announcements, judge, models, new DecisionRecorder(log), maker, catalog, thread);
    return new KeptFleet(
        fleet,
        catalog,
        log,
        judge,
        keeper,
        new ModelCommands(announcements, models, keeper, log, maker),
        new CheckpointWatcher(
            parts.line(), announcements, catalog, keeper, CheckpointSpans.none()));
  }

  public void announce(CheckpointPublished... announced) {
    watcher.accept(List.of(announced), true);
  }

  Map<Role, Long> steps() {
    Map<Role, Long> steps = new EnumMap<>(Role.class);
    fleet.roles().forEach((role, model) -> steps.put(role, model.step()));
    return steps;
  }
}
