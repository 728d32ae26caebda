package io.radstream.trainer.bisect;

import java.util.Optional;

/** In what the studies that were read when a figure turned are other than others. */
public sealed interface Peculiarity {

  /** Probability of as much by chance, this comparison alone. */
  double chance();

  /** The same, corrected for all comparisons that were made (Holm). */
  double corrected();

  Peculiarity corrected(double value);

  /**
   * More of them than before have something in common.
   *
   * @param with of the studies that were read when it turned, those that have it
   * @param of studies that were read when it turned, and of which such things are known
   * @param withBefore the same of those that were read before
   * @param chance one-sided, of Fisher's exact test
   */
  record Share(
      Group group, int with, int of, int withBefore, int ofBefore, double chance, double corrected)
      implements Peculiarity {

    @Override
    public Share corrected(double value) {
      return new Share(group, with, of, withBefore, ofBefore, chance, value);
    }
  }

  /**
   * A number of theirs is another than of others.
   *
   * @param group of those that were read when it turned, only these; all where empty
   * @param others with what they are compared
   * @param count studies of the group
   * @param median of theirs; of the change where changes are compared
   * @param superiority probability that one of theirs is larger than one of the others'
   * @param chance two-sided, of the rank-sum test
   */
  record Level(
      StudyNumber number,
      Optional<Group> group,
      Others others,
      int count,
      int countOthers,
      double median,
      double medianOthers,
      double superiority,
      double chance,
      double corrected)
      implements Peculiarity {

    @Override
    public Level corrected(double value) {
      return new Level(
          number,
          group,
          others,
          count,
          countOthers,
          median,
          medianOthers,
          superiority,
          chance,
          value);
    }

    boolean isHigher() {
      return superiority > 0.5;
    }
  }

  /** With what studies are compared. */
  enum Others {
    /** Those of the same group that were read before. */
    BEFORE("before"),

    /** Those of other groups that were read at the same time, where the group is new. */
    BESIDE("others of the time"),

    /**
     * The same, where there were such studies before: each less the median of its own side before.
     */
    CHANGE_BESIDE("change of the others");

    private final String label;

    Others(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }

    boolean isBeside() {
      return this != BEFORE;
    }
  }
}
