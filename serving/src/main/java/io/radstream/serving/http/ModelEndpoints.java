package io.radstream.serving.http;

import io.radstream.serving.checkpoint.CheckpointCatalog;
import io.radstream.serving.decisions.DecisionLog;
import io.radstream.serving.fleet.ModelFleet;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code /v1/models}: the announced checkpoints, and what was decided about them. */
record ModelEndpoints(CheckpointCatalog catalog, ModelFleet fleet, DecisionLog log)
    implements EndpointGroup {

  private static final int USUAL = 50;
  private static final int MOST = 1_000;

  private record Decisions(String service, List<DecisionAnswer> decisions) {}

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/models", c -> Json.send(c, ModelsAnswer.of(catalog, fleet, log))),
        Endpoint.get("/v1/models/decisions", this::decisions),
        Endpoint.get("/v1/models/{id}/lineage", this::lineage));
  }

  /** Off the event loop: a thread of low priority may be changing the catalog. */
  private void lineage(RoutingContext context) {
    String id = context.pathParam("id");
    context
        .vertx()
        .executeBlocking(
            () ->
                catalog
                    .lineage(id)
                    .map(lineage -> LineageAnswer.of(id, lineage))
                    .orElseThrow(() -> new ProblemException(Problem.noSuchCheckpoint())),
            false)
        .onSuccess(answer -> Json.send(context, answer))
        .onFailure(context::fail);
  }

  private void decisions(RoutingContext context) {
    Json.send(
        context,
        new Decisions(
            log.service(), log.newest(limit(context)).stream().map(DecisionAnswer::of).toList()));
  }

  private static int limit(RoutingContext context) {
    List<String> given = context.queryParam("limit");
    if (given.isEmpty()) {
      return USUAL;
    }
    try {
      int limit = Integer.parseInt(given.get(0));
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Told below, with numbers that are out of range.
    }
    throw new ProblemException(
        Problem.badRequest("bad_limit", "limit is a number from 1 to %d".formatted(MOST)));
  }
}
