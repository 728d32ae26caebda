package io.radstream.serving.watch;

/**
 * When a model fails too often.
 *
 * @param window last answers of a model that are looked at
 * @param least answers that there must be before anything is concluded
 * @param passes of the network that must have failed, since all studies of a pass fail with one
 * @param most part of the answers that may fail
 */
public record WatchLimits(int window, int least, int passes, double most) {

  /** Of the last 200 answers, and of at least 20, more than a fifth, in at least 5 passes. */
  public static final WatchLimits DEFAULT = new WatchLimits(200, 20, 5, 0.2);

  public WatchLimits {
    if (least < 1 || least > window) {
      throw new IllegalArgumentException(
          "1 to %d answers, and not %d, must be there".formatted(window, least));
    }
    if (passes < 1) {
      throw new IllegalArgumentException("at least 1 pass must have failed, and not " + passes);
    }
    if (!(most >= 0 && most < 1)) {
      throw new IllegalArgumentException("a part from 0 to below 1 may fail, and not " + most);
    }
  }
}
