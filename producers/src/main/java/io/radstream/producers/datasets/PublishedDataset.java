package io.radstream.producers.datasets;

import java.io.IOException;
import java.util.Set;

/**
 * A collection with the layout in which its makers publish it: which files it has, what their
 * columns mean, and how much there should be.
 */
public abstract class PublishedDataset {

  PublishedDataset() {}

  /** As studies name their source. */
  public abstract String name();

  /** Which shares the makers cut the set into; empty where they did not. */
  public Set<Split> splits() {
    return Set.of();
  }

  /**
   * Reads the set's tables; no picture.
   *
   * @throws DatasetException where a file is missing, or is not what was published
   */
  abstract Catalogue read(DatasetDirectory directory) throws IOException;

  /** What changes what is sent of a study, besides its files. */
  String settings() {
    return "";
  }
}
