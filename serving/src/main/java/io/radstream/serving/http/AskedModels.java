package io.radstream.serving.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.NoModelException;
import io.radstream.serving.score.Offer;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The models that {@code /v2} knows, and their versions: the loaded checkpoints. */
record AskedModels(FindingSets findings, ModelFleet fleet) {

  Set<String> names() {
    return findings.names();
  }

  /** Ids of the checkpoints that can be asked to score a set, the live one first. */
  List<String> versions(String name) {
    return fleet.roles().values().stream()
        .map(ModelIdentity::checkpointId)
        .distinct()
        .filter(id -> fleet.offer(id).filter(offer -> offer.findings().contains(name)).isPresent())
        .toList();
  }

  /**
   * The one that a path names.
   *
   * @throws ProblemException where there is no such model or version
   * @throws NoModelException where no checkpoint is loaded
   */
  AskedModel of(RoutingContext context) {
    String name = context.pathParam("model");
    if (!findings.has(name)) {
      throw notFound("there is no such model; GET /v2/models lists those there are");
    }
    Optional<String> version = Optional.ofNullable(context.pathParam("version"));
    Offer offer =
        version
            .map(id -> fleet.offer(id).orElseThrow(() -> noVersion(name)))
            .or(() -> fleet.live().flatMap(live -> fleet.offer(live.checkpointId())))
            .orElseThrow(NoModelException::new);
    return new AskedModel(name, version, offer, findings.needed(name));
  }

  private static ProblemException noVersion(String name) {
    return notFound("no such version is loaded; GET /v2/models/" + name + " lists them");
  }

  private static ProblemException notFound(String detail) {
    return new ProblemException(
        Problem.of(HttpResponseStatus.NOT_FOUND.code(), "not_found", detail));
  }
}
