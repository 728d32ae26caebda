package io.radstream.trainer.config;

import static io.radstream.trainer.config.RunConfig.require;

/**
 * How a run that follows the stream watches the incoming studies. Changes nothing that is learned.
 *
 * @param window newest studies of a source that are compared with those before
 * @param reference studies before these that are remembered, older ones fading
 * @param threshold standard errors between the two means at which there is an alarm
 */
public record Drift(int window, int reference, double threshold) {

  /** Tells another hospital within about a window, and next to never errs on the same one. */
  public static final Drift DEFAULT = new Drift(200, 1000, 6);

  public Drift {
    require(window >= 10, "drift.window (at least 10)", window);
    require(reference >= window, "drift.reference (at least drift.window)", reference);
    require(threshold > 0, "drift.threshold (above 0)", threshold);
  }
}
