package io.radstream.tracking.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the documentation of MLflow's REST API says of the calls that are made of it: it holds
 * experiments and runs, and refuses what is over a limit or is there already with another value.
 */
final class TrackingServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROOT = "/api/2.0/mlflow/";

  final Map<String, ObjectNode> runs = new LinkedHashMap<>();
  final Map<String, String> experiments = new LinkedHashMap<>();
  final List<String> calls = new ArrayList<>();
  final List<Optional<String>> authorizations = new ArrayList<>();

  /** Batches that are taken until one is refused as if the server were broken; negative: all. */
  int good = -1;

  /** Whether it answers all with nothing, as what stands before a server may. */
  boolean silent;

  /** Whether an answer begins, and never ends. */
  volatile boolean endless;

  private final HttpServer server;

  private static final class Refusal extends Exception {

    private static final long serialVersionUID = 1;
    private final int status;

    Refusal(int status, String code) {
      super(code);
      this.status = status;
    }
  }

  TrackingServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  MlflowAddress address(Optional<String> authorization) {
    return new MlflowAddress(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
        () -> authorization,
        Optional.empty());
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    authorizations.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")));
    String method = exchange.getRequestURI().getPath().substring(ROOT.length());
    calls.add(method);
    ObjectNode answer = JSON.createObjectNode();
    int status = 200;
    try {
      JsonNode asked = JSON.readTree(exchange.getRequestBody().readAllBytes());
      if (!silent) {
        answer(method, exchange.getRequestURI(), asked, answer);
      }
    } catch (Refusal e) {
      status = e.status;
      answer.put("error_code", e.getMessage()).put("message", "of a patient");
    }
    byte[] body = JSON.writeValueAsBytes(answer);
    exchange.sendResponseHeaders(status, endless ? body.length + 1 : body.length);
    exchange.getResponseBody().write(body);
    if (endless) {
      exchange.getResponseBody().flush();
    } else {
      exchange.close();
    }
  }

  private void answer(String method, URI uri, JsonNode asked, ObjectNode answer) throws Refusal {
    switch (method) {
      case "experiments/get-by-name" -> {
        String id = experiments.get(uri.getQuery().replace("experiment_name=", ""));
        if (id == null) {
          throw new Refusal(404, "RESOURCE_DOES_NOT_EXIST");
        }
        answer.putObject("experiment").put("experiment_id", id);
      }
      case "experiments/create" -> {
        String id = Integer.toString(experiments.size() + 1);
        experiments.put(asked.get("name").asText(), id);
        answer.put("experiment_id", id);
      }
      case "runs/search" -> search(asked, answer.putArray("runs"));
      case "runs/create" -> answer.set("run", create(asked));
      case "runs/log-batch" -> log(asked);
      case "runs/update" ->
          ((ObjectNode) run(asked).get("info")).put("status", asked.get("status").asText());
      default -> throw new Refusal(404, "ENDPOINT_NOT_FOUND");
    }
  }

  private void search(JsonNode asked, ArrayNode found) {
    for (ObjectNode run : runs.values()) {
      for (JsonNode tag : run.at("/data/tags")) {
        String filter =
            "tags.`%s` = '%s'".formatted(tag.get("key").asText(), tag.get("value").asText());
        if (asked.get("filter").asText().equals(filter)) {
          found.add(shown(run));
        }
      }
    }
  }

  /** With the newest of each metric alone. */
  private static ObjectNode shown(ObjectNode run) {
    ObjectNode shown = run.deepCopy();
    Map<String, JsonNode> newest = new LinkedHashMap<>();
    run.at("/data/metrics").forEach(metric -> newest.put(metric.get("key").asText(), metric));
    ((ObjectNode) shown.get("data")).putArray("metrics").addAll(newest.values());
    return shown;
  }

  private ObjectNode create(JsonNode asked) {
    ObjectNode run = JSON.createObjectNode();
    String id = "r" + runs.size();
    run.putObject("info").put("run_id", id).put("status", "RUNNING");
    ObjectNode data = run.putObject("data");
    data.set("tags", asked.get("tags"));
    data.putArray("metrics");
    data.putArray("params");
    runs.put(id, run);
    return run;
  }

  private ObjectNode run(JsonNode asked) throws Refusal {
    ObjectNode run = runs.get(asked.path("run_id").asText());
    if (run == null) {
      throw new Refusal(404, "RESOURCE_DOES_NOT_EXIST");
    }
    return run;
  }

  private void log(JsonNode asked) throws Refusal {
    if (asked.path("metrics").size() > 1000
        || asked.path("params").size() > 100
        || asked.path("tags").size() > 100) {
      throw new Refusal(400, "INVALID_PARAMETER_VALUE");
    }
    if (good == 0) {
      throw new Refusal(503, "TEMPORARILY_UNAVAILABLE");
    }
    good--;
    JsonNode data = run(asked).get("data");
    asked.path("metrics").forEach(((ArrayNode) data.get("metrics"))::add);
    asked.path("params").forEach(((ArrayNode) data.get("params"))::add);
    asked.path("tags").forEach(((ArrayNode) data.get("tags"))::add);
  }

  /** Values of a metric of the only run, as they came. */
  synchronized List<Double> values(String metric) {
    List<Double> values = new ArrayList<>();
    for (JsonNode one : runs.get("r0").at("/data/metrics")) {
      if (one.get("key").asText().equals(metric)) {
        values.add(one.get("value").asDouble());
      }
    }
    return values;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
