package io.radstream.checkpoints;

/**
 * Which checkpoints of a line stay.
 *
 * @param keepLast newest checkpoints that stay, at least one
 * @param keepBest whether the one with the lowest validation loss stays as well
 * @param keepEvery of so many steps, one stays; 0 for none
 */
public record Retention(int keepLast, boolean keepBest, long keepEvery) {

  public Retention {
    if (keepLast < 1 || keepEvery < 0) {
      throw new IllegalArgumentException(
          "the newest checkpoint stays in any case, and no interval is negative");
    }
  }
}
