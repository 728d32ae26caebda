package io.radstream.model.config;

/** What a network consists of. Each weight belongs to one part, by the place where it is made. */
public enum NetworkPart {
  /** The radiograph transformer. */
  RADIOGRAPH,
  /** What makes one study of its views. */
  FUSION,
  /** The report transformer. */
  REPORT,
  /** The report encoder, with the projection behind it. */
  TEXT,
  /** What tells findings by the vector of a study. */
  HEADS,
  /**
   * What an objective has of its own, such as what restores pictures: in checkpoints of its run,
   * but left behind by what goes on from them for another purpose.
   */
  PRETEXT;

  /** Whether it reads or writes reports: such parts learn at a rate of their own. */
  public boolean isText() {
    return switch (this) {
      case REPORT, TEXT -> true;
      case RADIOGRAPH, FUSION, HEADS, PRETEXT -> false;
    };
  }
}
