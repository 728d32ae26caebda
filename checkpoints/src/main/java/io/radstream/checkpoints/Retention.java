package io.radstream.checkpoints;

import java.util.Optional;

/**
 * Which checkpoints of a line stay.
 *
 * @param keepLast newest checkpoints that stay, at least one
 * @param best which one stays as well; empty for none
 * @param keepEvery of so many steps, one stays; 0 for none
 */
public record Retention(int keepLast, Optional<BestRule> best, long keepEvery) {

  public Retention {
    if (keepLast < 1 || keepEvery < 0) {
      throw new IllegalArgumentException(
          "the newest checkpoint stays in any case, and no interval is negative");
    }
  }
}
