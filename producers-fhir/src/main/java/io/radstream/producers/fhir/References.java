package io.radstream.producers.fhir;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Finds what a resource refers to: in itself, in what was read with it, or somewhere else. */
final class References {

  private final Map<String, Resource> known = new HashMap<>();
  private final Function<String, Optional<Resource>> elsewhere;

  /**
   * @param elsewhere finds {@code Type/id}
   */
  References(Function<String, Optional<Resource>> elsewhere) {
    this.elsewhere = elsewhere;
  }

  /** The same, but what a bundle holds is looked up in it first. */
  References with(Bundle bundle) {
    References own = new References(name -> Optional.ofNullable(known.get(relative(name))));
    own.add(bundle);
    return own;
  }

  private static String relative(String name) {
    IdType id = new IdType(name);
    return id.getResourceType() + "/" + id.getIdPart();
  }

  void add(Bundle bundle) {
    for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
      if (entry.hasResource()) {
        add(entry.getResource());
        known.put(entry.getFullUrl(), entry.getResource());
      }
    }
  }

  void add(Resource resource) {
    if (resource.hasIdElement() && resource.getIdElement().hasIdPart()) {
      known.put(resource.fhirType() + "/" + resource.getIdElement().getIdPart(), resource);
    }
  }

  /**
   * @return empty where it cannot be found, or is of another type
   */
  <T extends Resource> Optional<T> find(DomainResource from, Reference reference, Class<T> type) {
    return find(from, reference).filter(type::isInstance).map(type::cast);
  }

  private Optional<Resource> find(DomainResource from, Reference reference) {
    if (reference.getResource() instanceof Resource resource) {
      return Optional.of(resource);
    }
    String name = reference.getReference();
    if (name == null || name.isBlank()) {
      return Optional.empty();
    }
    if (name.startsWith("#")) {
      return from.getContained().stream()
          .filter(it -> it.hasId() && name.equals("#" + it.getIdPart().replace("#", "")))
          .findFirst();
    }
    Resource exactly = known.get(name);
    if (exactly != null) {
      return Optional.of(exactly);
    }
    Resource here = known.get(relative(name));
    return here != null ? Optional.of(here) : elsewhere.apply(name);
  }
}
