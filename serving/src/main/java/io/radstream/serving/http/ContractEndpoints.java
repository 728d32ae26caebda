package io.radstream.serving.http;

import io.radstream.serving.access.Access;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** {@code /openapi.yaml}: the contract, held in memory. */
final class ContractEndpoints implements EndpointGroup {

  private static final String OPENAPI = "/io/radstream/serving/http/openapi.yaml";

  private final Buffer openapi = PageFiles.read(OPENAPI);

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/openapi.yaml", c -> Text.send(c, "application/yaml", openapi))
            .needing(Access.PUBLIC));
  }
}
