package io.radstream.producers.fhir;

import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Resource;

/** Where a resource is looked for that was not read with what refers to it. */
interface Elsewhere {

  /** There is no other place. */
  Elsewhere NOWHERE =
      new Elsewhere() {
        @Override
        public Optional<Resource> named(String type, String reference) {
          return Optional.empty();
        }

        @Override
        public Optional<Resource> identified(String type, Identifier identifier) {
          return Optional.empty();
        }
      };

  /**
   * @param type of FHIR, as {@code Patient}
   * @param reference as it is written, absolute or {@code Type/id}
   * @return empty where there is none
   * @throws java.io.UncheckedIOException where that cannot be found out
   */
  Optional<Resource> named(String type, String reference);

  /**
   * @return empty where there is none, or several
   * @throws java.io.UncheckedIOException where that cannot be found out
   */
  Optional<Resource> identified(String type, Identifier identifier);

  /** Whether {@code Type/id} of a reference means the same here: not that of another server. */
  default boolean isHere(String reference) {
    return true;
  }
}
