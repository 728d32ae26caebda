package io.radstream.serving.http;

import static io.radstream.serving.http.RunningApi.json;

import io.radstream.schemas.Alarm;
import io.radstream.schemas.TrainingMetric;
import io.radstream.serving.access.AccessConfig;
import io.radstream.serving.checkpoint.KeptFleet;
import io.radstream.serving.checkpoint.StoredCheckpoint;
import io.radstream.serving.panel.GatePolicy;
import io.radstream.serving.panel.GateSettings;
import io.radstream.serving.panel.PanelBuilder;
import io.radstream.serving.panel.UnusablePanelException;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.TestImages;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A service that has something to show in every part of its page: a live checkpoint, one that a
 * gate holds, a shadow that disagrees, and a run with an alarm.
 */
final class ShownService implements AutoCloseable {

  static final String LIVE = "demo-000000100";
  static final String SHADOW = "demo-000000200";
  static final String HELD = "demo-000000300";

  final RunningApi running;
  private final Path store;

  private ShownService(Path store, AccessConfig access) {
    this.store = store;
    Map<Long, FakeNetwork> networks =
        new HashMap<>(Map.of(100L, new FakeNetwork(), 200L, wrong(), 300L, wrong()));
    this.running =
        ApiSetup.of(
                new KeptFleet.Parts(
                    store,
                    (config, weights) -> networks.get(step(weights)),
                    new GatePolicy(panel(), new GateSettings(0.95, 100, 2, 0.1)),
                    Optional.empty()))
            .access(access)
            .start();
  }

  /** One that is known to nobody's keys. */
  static ShownService open(Path store) {
    ShownService service = new ShownService(store, RunningApi.OPEN);
    service.tellOfTraining();
    service.announce(100);
    service.await("/models/0/state", "live");
    service.announce(200);
    service.await("/models/0/role", "candidate");
    service.running.postJson("/v1/models/" + SHADOW + "/shadow", "{\"reason\":\"a second look\"}");
    Stream.of(TestImages.white(), TestImages.black()).forEach(service::score);
    service.announce(300);
    service.await("/models/0/role", "candidate");
    return service;
  }

  /** One that asks for keys, and has a live checkpoint. */
  static ShownService closed(Path store, AccessConfig access) {
    ShownService service = new ShownService(store, access);
    service.announce(100);
    while (service.running.fleet.live().isEmpty()) {
      Moment.pass();
    }
    return service;
  }

  /** Sees what it was taught the wrong way. */
  private static FakeNetwork wrong() {
    return new FakeNetwork(
        Set.of(Capability.PROMPTS, Capability.VECTORS, Capability.LABELS), List.of("bright"));
  }

  private static long step(Path weights) {
    return Long.parseLong(weights.getParent().getFileName().toString());
  }

  private static io.radstream.serving.panel.Panel panel() {
    PanelBuilder panel = new PanelBuilder();
    try {
      for (int i = 0; i < 8; i++) {
        panel.add(
            "line " + i,
            "study " + i,
            "patient " + i,
            Map.of("pa", TestImages.png(32, 30 * i)),
            Map.of("bright", i < 4 ? 0.0 : 1.0));
      }
      return panel.build();
    } catch (UnusablePanelException e) {
      throw new AssertionError(e);
    }
  }

  void announce(long step) {
    String parent = step == 100 ? null : "demo-%09d".formatted(step - 100);
    running.kept.announce(
        StoredCheckpoint.write(store, "demo", step).announce("run", parent, 20, step));
  }

  private void await(String pointer, String value) {
    while (!json(running.get("/v1/models")).at(pointer).asText().equals(value)) {
      Moment.pass();
    }
  }

  private void score(byte[] image) {
    long before = compared();
    running.postJson(
        "/v1/score",
        "{\"studyId\":\"pseudonym-%d\",\"views\":[{\"image\":\"%s\"}]}"
            .formatted(before, Base64.getEncoder().encodeToString(image)));
    while (compared() == before) {
      Moment.pass();
    }
  }

  private long compared() {
    return json(running.get("/v1/models/comparison")).at("/comparisons/0/studies").asLong();
  }

  private void tellOfTraining() {
    running.history.accept(List.of(), true);
    running.history.accept(
        List.of(
            metric(1, Map.of("loss", 5.0)),
            metric(2, Map.of("loss", 4.0, "validation_loss", 4.5)),
            metric(
                3,
                Map.of("loss", 3.5, "studies_per_second", 12.5, "lag", 1_207.0),
                new Alarm("report_length", "phantoms", 90.0, 40.0, 9.0, 6.0))),
        true);
  }

  private static TrainingMetric metric(long step, Map<String, Double> values, Alarm... alarms) {
    return new TrainingMetric("run", "demo", step, Instant.EPOCH, values, List.of(alarms));
  }

  @Override
  public void close() {
    running.close();
  }
}
