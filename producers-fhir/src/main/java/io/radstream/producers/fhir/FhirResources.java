package io.radstream.producers.fhir;

import io.radstream.producers.fhir.FhirException.Kind;
import io.radstream.producers.fhir.ResourceReader.UnreadableResourceException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Resource;

/** The resources of a server. For one thread. */
final class FhirResources implements Elsewhere {

  /** Dots alone would lead to another address. */
  private static final Pattern ID = Pattern.compile("(?!\\.+$)[A-Za-z0-9._-]{1,64}");

  private final FhirEndpoint endpoint;
  private final FhirClient client;
  private final ResourceReader reader = new ResourceReader();

  FhirResources(FhirEndpoint endpoint, FhirClient client) {
    this.endpoint = endpoint;
    this.client = client;
  }

  /** The first page of a search, as the server stands now and not as it remembers to stand. */
  Bundle search(String query) throws FhirException {
    return bundle(client.get(query, "Cache-Control", "no-cache"));
  }

  /** A further page. */
  Bundle page(String address) throws FhirException {
    return bundle(client.get(address));
  }

  private Bundle bundle(FhirClient.Answer answer) throws FhirException {
    if (read(answer) instanceof Bundle bundle) {
      return bundle;
    }
    throw new FhirException(
        Kind.BAD_ANSWER,
        "the server answers a search with something else than a bundle; is --url the root of FHIR?");
  }

  private Resource read(FhirClient.Answer answer) throws FhirException {
    try {
      return reader.read(answer.body());
    } catch (UnreadableResourceException e) {
      throw new FhirException(
          Kind.BAD_ANSWER,
          "the server's answer cannot be read: %s; is --url the root of FHIR?"
              .formatted(e.getMessage()));
    }
  }

  @Override
  public Optional<Resource> named(String type, String reference) {
    IdType id = new IdType(reference);
    boolean canBe =
        type.equals(id.getResourceType())
            && id.hasIdPart()
            && ID.matcher(id.getIdPart()).matches()
            && isHere(reference);
    return canBe ? found(type + "/" + id.getIdPart(), Kind.GONE, Kind.REFUSED) : Optional.empty();
  }

  @Override
  public Optional<Resource> identified(String type, Identifier identifier) {
    String system = identifier.hasSystem() ? token(identifier.getSystem()) + "|" : "";
    String query = encoded(system + token(identifier.getValue()));
    List<Resource> all =
        found(type + "?identifier=" + query + "&_count=2", Kind.GONE, Kind.REFUSED, Kind.FORBIDDEN)
            .stream()
            .filter(Bundle.class::isInstance)
            .flatMap(it -> ((Bundle) it).getEntry().stream())
            .map(Bundle.BundleEntryComponent::getResource)
            .filter(it -> it != null && it.fhirType().equals(type))
            .toList();
    return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
  }

  /** What divides values in a query is no part of one. */
  private static String token(String value) {
    return value.strip().replaceAll("([\\\\,|$])", "\\\\$1");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Optional<Resource> found(String address, Kind... none) {
    try {
      return Optional.of(read(client.get(address)));
    } catch (FhirException e) {
      if (List.of(none).contains(e.kind())) {
        return Optional.empty();
      }
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean isHere(String reference) {
    try {
      URI address = endpoint.base().resolve(reference);
      return endpoint.isOwn(address) && address.getPath().startsWith(endpoint.base().getPath());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
