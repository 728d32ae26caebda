package io.radstream.producers.fhir;

import io.radstream.producers.publish.Pseudonymizer;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;

/**
 * One state of a resource, as a server numbers them: another one after each change.
 *
 * @param changed when the server says that it took it, by the millisecond
 * @param digest keyed, of the resource's id and of what tells this state from others
 */
record Revision(Instant changed, String digest) implements Comparable<Revision> {

  private static final Comparator<Revision> ORDER =
      Comparator.comparing(Revision::changed).thenComparing(Revision::digest);

  /** Collisions need some 10^9 revisions within minutes. */
  private static final int DIGITS = 16;

  /**
   * @return empty where the server does not tell when it took the resource
   */
  static Optional<Revision> of(Resource resource, Pseudonymizer pseudonymizer) {
    Date changed = resource.getMeta().getLastUpdated();
    if (changed == null) {
      return Optional.empty();
    }
    String all =
        String.join(
            "\0",
            String.valueOf(resource.getIdElement().getIdPart()),
            String.valueOf(resource.getMeta().getVersionId()),
            resource.getMeta().getLastUpdatedElement().getValueAsString());
    String digest = pseudonymizer.report("revision/" + all).substring(0, DIGITS);
    return Optional.of(new Revision(changed.toInstant(), digest));
  }

  @Override
  public int compareTo(Revision other) {
    return ORDER.compare(this, other);
  }
}
