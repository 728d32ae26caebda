package io.radstream.serving.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.radstream.serving.access.Access;
import io.radstream.serving.inference.Description;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** {@code /v2}: the Open Inference Protocol, with what Triton's clients need beyond it. */
final class InferenceEndpoints implements EndpointGroup {

  static final String PREFIX = "/v2";

  private static final String MODEL = PREFIX + "/models/{model}";
  private static final String VERSION = MODEL + "/versions/{version}";

  static final List<String> INFER = List.of(MODEL + "/infer", VERSION + "/infer");

  private final AskedModels models;
  private final Readiness readiness;
  private final InferenceHandler inference;

  InferenceEndpoints(AskedModels models, Readiness readiness, InferenceHandler inference) {
    this.models = models;
    this.readiness = readiness;
    this.inference = inference;
  }

  @Override
  public List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.add(Endpoint.get(PREFIX, c -> Json.send(c, Description.server())));
    endpoints.add(Endpoint.get(PREFIX + "/health/live", c -> Json.send(c, Map.of("live", true))));
    endpoints.add(Endpoint.get(PREFIX + "/health/ready", this::ready));
    endpoints.add(Endpoint.get(PREFIX + "/models", this::models));
    for (String path : List.of(MODEL, VERSION)) {
      endpoints.add(Endpoint.get(path, told(this::description)));
      endpoints.add(
          Endpoint.get(
              path + "/config", told(asked -> Description.config(asked.name(), asked.can()))));
      endpoints.add(Endpoint.get(path + "/ready", told(InferenceEndpoints::modelReady)));
    }
    INFER.forEach(
        path ->
            endpoints.add(
                new Endpoint(HttpMethod.POST, path, InferenceHandler.ACCEPTED, inference)
                    .needing(Access.SCORE)));
    // Its body can only ask for less than all, which is nothing here: what is there is ready.
    endpoints.add(
        new Endpoint(HttpMethod.POST, PREFIX + "/repository/index", List.of(), this::index));
    // What describes the service and its models is as public as its contract.
    endpoints.replaceAll(
        endpoint -> endpoint.needs() == Access.SCORE ? endpoint : endpoint.needing(Access.PUBLIC));
    return endpoints;
  }

  private void ready(RoutingContext context) {
    readiness.check();
    Json.send(context, Map.of("ready", true));
  }

  private void models(RoutingContext context) {
    Json.send(context, Map.of("models", models.names()));
  }

  private Object description(AskedModel asked) {
    List<String> versions =
        asked.version().map(List::of).orElseGet(() -> models.versions(asked.name()));
    return Description.model(asked.name(), versions, asked.can());
  }

  private static Object modelReady(AskedModel asked) {
    if (!asked.isScored()) {
      throw new ProblemException(
          Problem.of(
              HttpResponseStatus.SERVICE_UNAVAILABLE.code(),
              "not_capable",
              "the checkpoint can score none of these findings"));
    }
    return Map.of("name", asked.name(), "ready", true);
  }

  private Handler<RoutingContext> told(Function<AskedModel, Object> answer) {
    return context -> Json.send(context, answer.apply(models.of(context)));
  }

  private void index(RoutingContext context) {
    Json.send(
        context,
        models.names().stream()
            .flatMap(
                name ->
                    models.versions(name).stream()
                        .map(version -> new Description.Indexed(name, version, "READY", "")))
            .toList());
  }
}
