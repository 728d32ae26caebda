package io.radstream.producers.datasets;

/** What several readers of one picture come to. */
public enum Readers {
  /** The share of them who saw a finding. */
  SHARE,
  /** A finding is there where one of them saw it. */
  ANY,
  /** A finding is there where more than half of them saw it. */
  MAJORITY;

  private static final String NOTHING = "no finding";

  /**
   * @param saw how many of the readers saw the finding
   * @return 0 to 1
   */
  double label(String finding, int saw, int readers) {
    return switch (this) {
      case SHARE -> (double) saw / readers;
      // Where one of them saw a finding, there is one, whatever the others say.
      case ANY -> (finding.equals(NOTHING) ? saw == readers : saw > 0) ? 1 : 0;
      case MAJORITY -> 2 * saw > readers ? 1 : 0;
    };
  }
}
