package io.radstream.serving.http;

import io.radstream.serving.checkpoint.CheckpointCatalog;
import io.radstream.serving.fleet.ModelFleet;
import java.util.List;

/** {@code /v1/models}: the announced checkpoints. */
record ModelEndpoints(CheckpointCatalog catalog, ModelFleet fleet) implements EndpointGroup {

  @Override
  public List<Endpoint> endpoints() {
    return List.of(Endpoint.get("/v1/models", c -> Json.send(c, ModelsAnswer.of(catalog, fleet))));
  }
}
