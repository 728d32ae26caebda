package io.radstream.model.pretrained;

/**
 * What became of a public tensor, or what a weight that has none started as.
 *
 * @param name in the public directory; for {@link Kind#DERIVED} and {@link Kind#SEEDED} in this
 *     network
 * @param detail what was changed, or why; empty where there is nothing to say
 */
public record WeightOrigin(Part part, String name, Kind kind, String detail) {

  /** A part of the network that can start from public weights. */
  public enum Part {
    RADIOGRAPH,
    TEXT
  }

  /** In the order in which they are told. */
  public enum Kind {
    /** Taken as it is, or row by row. */
    USED,
    /** Taken with more or fewer places. */
    RESIZED,
    /** Taken with its color channels added up. */
    FOLDED,
    /** Not public, but chosen so that the network starts as the public one. */
    DERIVED,
    /** Of this network, drawn from the seed: the directory has none. */
    SEEDED,
    /** Public, but not taken. */
    SKIPPED
  }
}
