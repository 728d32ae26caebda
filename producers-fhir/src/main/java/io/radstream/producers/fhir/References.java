package io.radstream.producers.fhir;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Finds what a resource refers to, by name or by identifier alone: in itself, in what was read with
 * it, or somewhere else. What was looked for once is remembered.
 */
final class References {

  private static final String IDENTIFIER = "identifier";

  private final Map<String, Optional<Resource>> known = new HashMap<>();
  private final Elsewhere elsewhere;

  References(Elsewhere elsewhere) {
    this.elsewhere = elsewhere;
  }

  /** The same, but what a bundle holds is looked up in it first. */
  References with(Bundle bundle) {
    References own =
        new References(
            new Elsewhere() {
              @Override
              public Optional<Resource> named(String type, String reference) {
                return known.getOrDefault(relative(reference), Optional.empty());
              }

              @Override
              public Optional<Resource> identified(String type, Identifier identifier) {
                return known.getOrDefault(key(type, identifier), Optional.empty());
              }
            });
    own.add(bundle);
    return own;
  }

  private static String relative(String name) {
    IdType id = new IdType(name);
    return id.getResourceType() + "/" + id.getIdPart();
  }

  private static String key(String type, Identifier identifier) {
    return String.join(
        "\0", type, String.valueOf(identifier.getSystem()), identifier.getValue().strip());
  }

  void add(Bundle bundle) {
    for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
      if (entry.hasResource()) {
        add(entry.getResource());
        known.put(entry.getFullUrl(), Optional.of(entry.getResource()));
      }
    }
  }

  void add(Resource resource) {
    if (resource.hasIdElement() && resource.getIdElement().hasIdPart()) {
      String name = resource.fhirType() + "/" + resource.getIdElement().getIdPart();
      if (known.put(name, Optional.of(resource)) == null) {
        identify(resource);
      }
    }
  }

  /** An identifier that two have leads to neither. */
  private void identify(Resource resource) {
    Property identifiers = resource.getChildByName(IDENTIFIER);
    if (identifiers != null) {
      identifiers.getValues().stream()
          .filter(Identifier.class::isInstance)
          .map(Identifier.class::cast)
          .filter(Identifier::hasValue)
          .map(identifier -> key(resource.fhirType(), identifier))
          .distinct()
          .forEach(
              key -> known.merge(key, Optional.of(resource), (one, other) -> Optional.empty()));
    }
  }

  /**
   * @return empty where it cannot be found, or is of another type
   */
  <T extends Resource> Optional<T> find(DomainResource from, Reference reference, Class<T> type) {
    String name = reference.getReference();
    // The parser links by id alone, also what is another server's.
    boolean within = name == null || name.startsWith("#");
    if (within && reference.getResource() instanceof Resource resource) {
      return Optional.of(resource).filter(type::isInstance).map(type::cast);
    }
    return Optional.ofNullable(name)
        .filter(it -> !it.isBlank())
        .flatMap(it -> named(from, it, type.getSimpleName()))
        .or(() -> identified(reference.getIdentifier(), type.getSimpleName()))
        .filter(type::isInstance)
        .map(type::cast);
  }

  /**
   * What an attachment names by its address.
   *
   * @return empty where it cannot be found here
   */
  Optional<Binary> binary(DomainResource from, String address) {
    return named(from, address, "Binary").filter(Binary.class::isInstance).map(Binary.class::cast);
  }

  private Optional<Resource> named(DomainResource from, String name, String type) {
    if (name.startsWith("#")) {
      List<Resource> contained = from.getContained();
      return contained.stream()
          .filter(it -> it.hasId() && name.equals("#" + it.getIdPart().replace("#", "")))
          .findFirst();
    }
    Optional<Resource> exactly = known.getOrDefault(name, Optional.empty());
    if (exactly.isPresent() || !elsewhere.isHere(name)) {
      return exactly;
    }
    return lookedUp(relative(name), () -> elsewhere.named(type, name));
  }

  private Optional<Resource> identified(Identifier identifier, String type) {
    return identifier.hasValue()
        ? lookedUp(key(type, identifier), () -> elsewhere.identified(type, identifier))
        : Optional.empty();
  }

  private Optional<Resource> lookedUp(String key, Supplier<Optional<Resource>> search) {
    Optional<Resource> before = known.get(key);
    if (before != null) {
      return before;
    }
    Optional<Resource> found = search.get();
    known.put(key, found);
    return found;
  }
}
