package io.radstream.cli;

import io.radstream.producers.crosswalk.CrosswalkReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of files of a crosswalk that are damaged, once for each place. */
final class CrosswalkDamage {

  private static final Logger LOG = LoggerFactory.getLogger(CrosswalkDamage.class);

  private final Map<Path, Integer> told = new HashMap<>();

  void tell(CrosswalkReader crosswalk) {
    crosswalk
        .damages()
        .forEach(
            (file, places) -> {
              if (!places.equals(told.put(file, places))) {
                LOG.warn(
                    "{} is damaged at {} place(s): studies that are noted nowhere else are unknown;"
                        + " restore it from a backup",
                    file,
                    places);
              }
            });
  }
}
