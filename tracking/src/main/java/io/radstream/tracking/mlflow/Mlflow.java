package io.radstream.tracking.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.tracking.RunFigures;
import io.radstream.tracking.RunSettings;
import io.radstream.tracking.Tracker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * An experiment of a tracking server, with a run there for each run here, known by the tag {@code
 * radstream.run}. What the server has already is asked for when a run is first told of, so that
 * nothing is there twice.
 */
public final class Mlflow implements Tracker {

  static final String RUN_TAG = "radstream.run";
  static final String LINE_TAG = "radstream.line";

  /** Limits of runs/log-batch. */
  private static final int METRICS_A_BATCH = 1000;

  private static final int PARAMS_A_BATCH = 100;
  private static final int LONGEST_VALUE = 500;
  private static final int LONGEST_NAME = 250;

  /** A run on the server. */
  private static final class Known {

    private final String id;
    private final List<Map<String, Object>> waiting = new ArrayList<>();
    private long step;
    private long time;
    private long lastStep = Long.MAX_VALUE;
    private boolean hasSettings;
    private boolean hasEnded;

    Known(String id, long step, boolean hasSettings) {
      this.id = id;
      this.step = step;
      this.hasSettings = hasSettings;
    }
  }

  private final MlflowClient server;
  private final String experiment;
  private final Map<String, Known> runs = new HashMap<>();
  private String experimentId = "";

  /**
   * @param experiment its name; made where there is none
   */
  public Mlflow(MlflowAddress address, String experiment) {
    this.server = new MlflowClient(address);
    this.experiment = experiment;
  }

  @Override
  public String place() {
    return "%s, experiment %s".formatted(server.address().base(), experiment);
  }

  @Override
  public void settings(RunSettings settings) throws IOException {
    Known run = run(settings.line(), settings.run(), settings.time().toEpochMilli());
    run.lastStep = steps(settings);
    if (run.hasSettings) {
      return;
    }
    List<Map<String, String>> params =
        settings.values().entrySet().stream()
            .map(it -> Map.of("key", name(it.getKey()), "value", cut(it.getValue(), LONGEST_VALUE)))
            .toList();
    for (List<Map<String, String>> batch : batches(params, PARAMS_A_BATCH)) {
      server.post("runs/log-batch", Map.of("run_id", run.id, "params", batch));
    }
    run.hasSettings = true;
  }

  @Override
  public void figures(RunFigures figures) throws IOException {
    Known run = run(figures.line(), figures.run(), figures.time().toEpochMilli());
    if (figures.step() <= run.step) {
      return;
    }
    figures
        .values()
        .forEach(
            (name, value) ->
                run.waiting.add(
                    Map.of(
                        "key", name(name),
                        "value", value,
                        "timestamp", figures.time().toEpochMilli(),
                        "step", figures.step())));
    run.step = figures.step();
    run.time = figures.time().toEpochMilli();
    if (run.waiting.size() >= METRICS_A_BATCH) {
      send(run);
    }
  }

  @Override
  public void flush() throws IOException {
    for (Known run : runs.values()) {
      send(run);
    }
  }

  private void send(Known run) throws IOException {
    // What was sent is forgotten batch by batch, so that a failure between two repeats neither.
    while (!run.waiting.isEmpty()) {
      List<Map<String, Object>> batch =
          run.waiting.subList(0, Math.min(METRICS_A_BATCH, run.waiting.size()));
      server.post("runs/log-batch", Map.of("run_id", run.id, "metrics", List.copyOf(batch)));
      batch.clear();
    }
    if (run.step >= run.lastStep && !run.hasEnded) {
      server.post(
          "runs/update", Map.of("run_id", run.id, "status", "FINISHED", "end_time", run.time));
      run.hasEnded = true;
    }
  }

  /** That the run takes; it ends with the last of them. */
  private static long steps(RunSettings settings) {
    String steps = settings.values().getOrDefault("schedule.steps", "");
    return steps.matches("[0-9]{1,18}") ? Long.parseLong(steps) : Long.MAX_VALUE;
  }

  private Known run(String line, String run, long began) throws IOException {
    Known known = runs.get(run);
    if (known == null) {
      JsonNode found = find(run);
      known = found.isMissingNode() ? create(line, run, began) : known(found);
      runs.put(run, known);
    }
    return known;
  }

  private JsonNode find(String run) throws IOException {
    return server
        .post(
            "runs/search",
            Map.of(
                "experiment_ids",
                List.of(experimentId()),
                "filter",
                "tags.`%s` = '%s'".formatted(RUN_TAG, run.replace("'", "")),
                "max_results",
                1))
        .at("/runs/0");
  }

  private static Known known(JsonNode run) {
    long step = -1;
    for (JsonNode metric : run.at("/data/metrics")) {
      step = Math.max(step, metric.path("step").asLong());
    }
    Known known =
        new Known(
            run.at("/info/run_id").asText(), step, !run.at("/data/params").path(0).isMissingNode());
    known.hasEnded = run.at("/info/status").asText().equals("FINISHED");
    return known;
  }

  private Known create(String line, String run, long began) throws IOException {
    Map<String, Object> asked = new LinkedHashMap<>();
    asked.put("experiment_id", experimentId());
    asked.put("run_name", run);
    asked.put("start_time", began);
    asked.put(
        "tags",
        List.of(
            Map.of("key", RUN_TAG, "value", run),
            Map.of("key", LINE_TAG, "value", line),
            Map.of("key", "mlflow.source.name", "value", "radstream")));
    return new Known(server.post("runs/create", asked).at("/run/info/run_id").asText(), -1, false);
  }

  private String experimentId() throws IOException {
    if (experimentId.isEmpty()) {
      experimentId = findExperiment();
    }
    return experimentId;
  }

  private String findExperiment() throws IOException {
    try {
      return server
          .get("experiments/get-by-name", Map.of("experiment_name", experiment))
          .at("/experiment/experiment_id")
          .asText();
    } catch (MlflowException e) {
      if (!e.code().equals("RESOURCE_DOES_NOT_EXIST")) {
        throw e;
      }
      return server
          .post("experiments/create", Map.of("name", experiment))
          .path("experiment_id")
          .asText();
    }
  }

  /** MLflow's names have no other characters. */
  private static String name(String name) {
    return cut(name.replaceAll("[^A-Za-z0-9_./ -]", "_"), LONGEST_NAME);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }

  private static <T> List<List<T>> batches(List<T> all, int most) {
    return IntStream.range(0, (all.size() + most - 1) / most)
        .mapToObj(i -> all.subList(i * most, Math.min(all.size(), (i + 1) * most)))
        .toList();
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
