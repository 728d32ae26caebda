package io.radstream.producers.datasets;

import io.radstream.producers.publish.StudyPart.RawBox;
import io.radstream.producers.publish.StudyPart.ViewFacts;
import io.radstream.schemas.Projection;
import java.util.List;

/**
 * A radiograph of a set, not yet read.
 *
 * @param file as the set names it
 */
record ListedView(String file, Projection projection, ViewFacts facts, List<RawBox> boxes) {

  ListedView(String file, Projection projection) {
    this(file, projection, ViewFacts.NONE, List.of());
  }

  /** The file's name alone, so that it is the same view as a JPEG and as a PNG. */
  String key() {
    String name = file.substring(file.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
