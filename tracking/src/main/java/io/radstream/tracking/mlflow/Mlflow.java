package io.radstream.tracking.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.tracking.EvaluationFigures;
import io.radstream.tracking.RunFigures;
import io.radstream.tracking.RunSettings;
import io.radstream.tracking.Tracker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An experiment of a tracking server, with a run there for each run here, known by the tag {@code
 * radstream.run}. What the server has already is asked for when a run is first told of, so that
 * nothing is there twice.
 */
public final class Mlflow implements Tracker {

  static final String RUN_TAG = "radstream.run";
  static final String LINE_TAG = "radstream.line";
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final MlflowClient server;
  private final String experiment;
  private final Map<String, MlflowRun> runs = new HashMap<>();
  private String experimentId = "";

  /**
   * @param experiment its name; made where there is none
   */
  public Mlflow(MlflowAddress address, String experiment) {
    this(address, experiment, ANSWER);
  }

  Mlflow(MlflowAddress address, String experiment, Duration patience) {
    this.server = new MlflowClient(address, patience);
    this.experiment = experiment;
  }

  @Override
  public String place() {
    return "%s, experiment %s".formatted(server.address().base(), experiment);
  }

  @Override
  public void settings(RunSettings settings) throws IOException {
    run(settings.line(), settings.run(), settings.time()).settings(settings);
  }

  @Override
  public void figures(RunFigures figures) throws IOException {
    run(figures.line(), figures.run(), figures.time()).figures(figures);
  }

  @Override
  public void evaluation(EvaluationFigures figures) throws IOException {
    run(figures.line(), figures.run(), figures.time()).evaluation(figures);
  }

  @Override
  public void flush() throws IOException {
    for (MlflowRun run : runs.values()) {
      run.flush();
    }
  }

  private MlflowRun run(String line, String run, Instant began) throws IOException {
    MlflowRun known = runs.get(run);
    if (known == null) {
      JsonNode found = find(run);
      known =
          found.isMissingNode()
              ? MlflowRun.begun(server, create(line, run, began.toEpochMilli()))
              : MlflowRun.found(server, found);
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

  private String create(String line, String run, long began) throws IOException {
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
    return server.id(server.post("runs/create", asked).at("/run/info/run_id"));
  }

  private String experimentId() throws IOException {
    if (experimentId.isEmpty()) {
      experimentId = findExperiment();
    }
    return experimentId;
  }

  private String findExperiment() throws IOException {
    try {
      return server.id(
          server
              .get("experiments/get-by-name", Map.of("experiment_name", experiment))
              .at("/experiment/experiment_id"));
    } catch (MlflowException e) {
      if (!e.code().equals("RESOURCE_DOES_NOT_EXIST")) {
        throw e;
      }
      return server.id(
          server.post("experiments/create", Map.of("name", experiment)).path("experiment_id"));
    }
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
