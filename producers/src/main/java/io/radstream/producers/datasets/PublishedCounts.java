package io.radstream.producers.datasets;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How much a set is said to hold.
 *
 * @param images {@link #UNSTATED} where its makers do not say; the same for the others
 */
record PublishedCounts(long images, long studies, long patients) {

  static final long UNSTATED = -1;

  /** What differs, for people; empty where nothing does. */
  Optional<String> deviation(PublishedCounts found) {
    List<String> differences = new ArrayList<>();
    compare("images", images, found.images, differences);
    compare("studies", studies, found.studies, differences);
    compare("patients", patients, found.patients, differences);
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of("not the set as published: " + String.join("; ", differences));
  }

  private static void compare(String what, long expected, long found, List<String> differences) {
    if (expected != UNSTATED && expected != found) {
      differences.add(
          String.format(Locale.ROOT, "%,d %s found, %,d expected", found, what, expected));
    }
  }
}
