package io.radstream.serving.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.serving.decisions.LocalTopic;
import io.radstream.serving.fleet.KnownCheckpoint;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.fleet.Role;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.panel.GatePolicy;
import io.radstream.serving.panel.GateSettings;
import io.radstream.serving.panel.PanelBuilder;
import io.radstream.serving.panel.UnusablePanelException;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.TestImages;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a panel of bright and dark studies, with networks that score all alike, or see it the wrong
 * way.
 */
class GateOfTheFleetTest {

  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  @TempDir private Path store;
  private final ModelFleet fleet = new ModelFleet();
  private final CheckpointCatalog catalog = new CheckpointCatalog(changed -> {});
  private final Map<Long, FakeNetwork> networks = new HashMap<>();
  private KeptFleet kept;

  private Runnable whileLoading = () -> {};

  @BeforeEach
  void watch() throws UnusablePanelException {
    PanelBuilder panel = new PanelBuilder();
    for (int i = 0; i < 8; i++) {
      panel.add(
          "line " + i,
          "study " + i,
          "patient " + i,
          Map.of("pa", TestImages.png(32, 30 * i)),
          Map.of("bright", i < 4 ? 0.0 : 1.0));
    }
    GatePolicy gate = new GatePolicy(panel.build(), new GateSettings(0.95, 100, 2, 0.1));
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    kept =
        KeptFleet.of(
            "here",
            new KeptFleet.Parts(
                store,
                (config, weights) -> {
                  whileLoading.run();
                  return networks.get(step(weights));
                },
                gate,
                Optional.empty()),
            fleet,
            catalog,
            new LocalTopic().read("test", meters),
            CLOCK,
            meters,
            Runnable::run);
  }

  private static long step(Path weights) {
    return Long.parseLong(weights.getParent().getFileName().toString());
  }

  /** What is taught to a fake network it sees the wrong way. */
  private static FakeNetwork wrong() {
    return new FakeNetwork(
        Set.of(Capability.PROMPTS, Capability.VECTORS, Capability.LABELS), List.of("bright"));
  }

  private void announce(long step, FakeNetwork network) {
    networks.put(step, network);
    kept.announce(StoredCheckpoint.write(store, "demo", step).announce());
  }

  private Map<Role, Long> steps() {
    Map<Role, Long> steps = new HashMap<>();
    fleet.roles().forEach((role, model) -> steps.put(role, model.step()));
    return steps;
  }

  @Test
  void shouldHoldTheWorseOneAndSayWhy() {
    announce(100, new FakeNetwork());

    announce(200, wrong());

    assertThat(steps()).isEqualTo(Map.of(Role.LIVE, 100L, Role.CANDIDATE, 200L));
    Verdict verdict = catalog.newestFirst().get(0).verdict().orElseThrow();
    assertThat(verdict.reason()).contains("bright: AUC 0.000, live 0.500");
    assertThat(verdict.figures())
        .containsEntry("auc.bright", 0.0)
        .containsEntry("auc.bright.live", 0.5);
  }

  @Test
  void shouldPromoteTheBetterOne() {
    announce(100, wrong());

    announce(200, new FakeNetwork());

    assertThat(steps()).isEqualTo(Map.of(Role.LIVE, 200L, Role.PREVIOUS, 100L));
  }

  @Test
  void shouldNeitherPromoteNorRefuseWhereTheServiceStops() {
    announce(100, new FakeNetwork());
    FakeNetwork next = new FakeNetwork();
    whileLoading = () -> kept.judge().stop();

    announce(200, next);

    assertThat(steps()).isEqualTo(Map.of(Role.LIVE, 100L));
    assertThat(next.closed()).isEqualTo(1);
    assertThat(catalog.newestFirst().get(0))
        .returns(Optional.empty(), KnownCheckpoint::verdict)
        .returns(new KnownCheckpoint.State.Known(), KnownCheckpoint::state);
  }

  @Test
  void shouldLetTheLiveOneGoWhenItHasJudged() {
    FakeNetwork live = new FakeNetwork();
    announce(100, live);
    announce(200, wrong());

    fleet.close();

    assertThat(live.closed()).isEqualTo(1);
  }
}
