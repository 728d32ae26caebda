package io.radstream.trainer.bisect;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What to look for.
 *
 * @param run of the line; the newest that began before the good step where not given
 * @param ends a step at which the figure was good, and a later one at which it was bad
 * @param figure which, and when it is bad
 * @param within steps that either end of what is found may be off, at least 1
 * @param confirm whether to take the steps again without those that are suspected
 * @param kept directory where what was measured is kept for the next time
 */
public record BisectRequest(
    String line,
    Optional<String> run,
    Turn ends,
    JudgedFigure figure,
    long within,
    boolean confirm,
    Optional<Path> kept) {

  /**
   * @throws IllegalArgumentException where this cannot be looked for
   */
  public BisectRequest {
    if (ends.good() < 0 || ends.good() >= ends.bad()) {
      throw new IllegalArgumentException("the good step has to come before the bad one");
    }
    if (within < 1) {
      throw new IllegalArgumentException("steps are not found closer than to one step");
    }
  }
}
