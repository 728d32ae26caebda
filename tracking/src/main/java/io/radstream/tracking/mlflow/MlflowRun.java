package io.radstream.tracking.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.tracking.EvaluationFigures;
import io.radstream.tracking.RunFigures;
import io.radstream.tracking.RunSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** A run on the server: what it has, and what waits to be sent. */
final class MlflowRun {

  /** With an evaluation's id behind it: that the run has its figures. */
  static final String EVALUATION_TAG = "radstream.evaluation.";

  /** Every figure of an evaluation has it in front, and no figure of a run. */
  private static final String EVALUATION = "evaluation_";

  /** Limits of runs/log-batch. */
  private static final int METRICS_A_BATCH = 1000;

  private static final int PARAMS_A_BATCH = 100;
  private static final int LONGEST_VALUE = 500;
  private static final int LONGEST_NAME = 250;

  private final MlflowClient server;
  private final String id;
  private final List<Map<String, Object>> waiting = new ArrayList<>();
  private final Set<String> evaluations = new HashSet<>();
  private final Map<String, Long> steps = new HashMap<>();
  private final Set<String> params = new HashSet<>();
  private long step = -1;
  private long time;
  private long lastStep = Long.MAX_VALUE;
  private boolean hasEnded;

  private MlflowRun(MlflowClient server, String id) {
    this.server = server;
    this.id = id;
  }

  /** One that the server has just made. */
  static MlflowRun begun(MlflowClient server, String id) {
    return new MlflowRun(server, id);
  }

  /** One of before, as runs/search gives it. */
  static MlflowRun found(MlflowClient server, JsonNode run) throws IOException {
    MlflowRun found = new MlflowRun(server, server.id(run.at("/info/run_id")));
    for (JsonNode metric : run.at("/data/metrics")) {
      // A checkpoint may be judged whose run the server has not been told of to that step.
      if (!metric.path("key").asText().startsWith(EVALUATION)) {
        found.steps.put(metric.path("key").asText(), metric.path("step").asLong());
        found.step = Math.max(found.step, metric.path("step").asLong());
      }
    }
    for (JsonNode tag : run.at("/data/tags")) {
      found.evaluations.add(tag.path("key").asText());
    }
    for (JsonNode param : run.at("/data/params")) {
      found.params.add(param.path("key").asText());
    }
    found.hasEnded = run.at("/info/status").asText().equals("FINISHED");
    return found;
  }

  void settings(RunSettings settings) throws IOException {
    lastStep = steps(settings);
    // A process before may have been ended between two batches of them.
    List<Map<String, String>> missing =
        settings.values().entrySet().stream()
            .filter(it -> !params.contains(name(it.getKey())))
            .map(it -> Map.of("key", name(it.getKey()), "value", cut(it.getValue(), LONGEST_VALUE)))
            .toList();
    for (List<Map<String, String>> batch : batches(missing, PARAMS_A_BATCH)) {
      log("params", batch);
      batch.forEach(param -> params.add(param.get("key")));
    }
  }

  /** That the run takes; it ends with the last of them. */
  private static long steps(RunSettings settings) {
    String steps = settings.values().getOrDefault("schedule.steps", "");
    return steps.matches("[0-9]{1,18}") ? Long.parseLong(steps) : Long.MAX_VALUE;
  }

  void figures(RunFigures figures) throws IOException {
    figures
        .values()
        .forEach(
            (name, value) -> {
              if (steps.getOrDefault(name(name), -1L) < figures.step()) {
                waiting.add(metric(name, value, figures.time(), figures.step()));
                steps.put(name(name), figures.step());
              }
            });
    if (figures.step() > step) {
      step = figures.step();
      time = figures.time().toEpochMilli();
    }
    if (waiting.size() >= METRICS_A_BATCH) {
      flush();
    }
  }

  /**
   * At once: the tag beside the last of the figures tells the next process that they are all there.
   */
  void evaluation(EvaluationFigures figures) throws IOException {
    String tag = name(EVALUATION_TAG + figures.id());
    if (evaluations.contains(tag)) {
      return;
    }
    List<Map<String, Object>> metrics =
        figures.values().entrySet().stream()
            .map(
                it ->
                    metric(
                        figures.group() + "_" + it.getKey(),
                        it.getValue(),
                        figures.time(),
                        figures.step()))
            .toList();
    int last = (metrics.size() - 1) / METRICS_A_BATCH * METRICS_A_BATCH;
    for (List<Map<String, Object>> batch : batches(metrics.subList(0, last), METRICS_A_BATCH)) {
      log("metrics", batch);
    }
    server.post(
        "runs/log-batch",
        Map.of(
            "run_id",
            id,
            "metrics",
            metrics.subList(last, metrics.size()),
            "tags",
            List.of(Map.of("key", tag, "value", figures.checkpoint()))));
    evaluations.add(tag);
  }

  private static Map<String, Object> metric(String name, double value, Instant time, long step) {
    return Map.of(
        "key", name(name), "value", value, "timestamp", time.toEpochMilli(), "step", step);
  }

  void flush() throws IOException {
    // What was sent is forgotten batch by batch, so that a failure between two repeats neither.
    while (!waiting.isEmpty()) {
      List<Map<String, Object>> batch =
          waiting.subList(0, Math.min(METRICS_A_BATCH, waiting.size()));
      log("metrics", List.copyOf(batch));
      batch.clear();
    }
    if (step >= lastStep && !hasEnded) {
      server.post("runs/update", Map.of("run_id", id, "status", "FINISHED", "end_time", time));
      hasEnded = true;
    }
  }

  private void log(String kind, List<? extends Map<String, ?>> items) throws IOException {
    server.post("runs/log-batch", Map.of("run_id", id, kind, items));
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
}
