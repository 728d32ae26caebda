package io.radstream.results.fhir;

import io.radstream.results.destination.Destination;
import io.radstream.results.destination.HttpReceiver;
import io.radstream.results.destination.Outcome;
import io.radstream.results.destination.Result;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.DomainResource;

/**
 * A server of FHIR R4, which gets each resource by PUT under an id that follows from its result.
 */
public final class FhirDestination implements Destination {

  private static final String JSON = "application/fhir+json";

  private final HttpReceiver server;
  private final ResultResources resources;

  /**
   * @param server its address is the root of FHIR
   */
  public FhirDestination(HttpReceiver server, FhirNames names) {
    this.server = server;
    this.resources = new ResultResources(names);
  }

  @Override
  public String name() {
    return "fhir";
  }

  @Override
  public Outcome deliver(Result result) {
    if (!Addressed.isAddressed(result)) {
      return Addressed.NOBODY;
    }
    Outcome outcome = new Outcome.Delivered();
    for (DomainResource resource : resources.of(result)) {
      String path = resource.fhirType() + "/" + resource.getIdPart();
      byte[] body = resources.json(resource).getBytes(StandardCharsets.UTF_8);
      outcome = server.send("PUT", path, JSON + "; charset=utf-8", JSON, body);
      if (!(outcome instanceof Outcome.Delivered)) {
        return outcome;
      }
    }
    return outcome;
  }

  @Override
  public void close() {
    // Connections end by themselves.
  }
}
