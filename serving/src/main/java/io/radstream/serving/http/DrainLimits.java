package io.radstream.serving.http;

import java.time.Duration;

/**
 * How clients are let go when the service stops.
 *
 * @param delay from where it is not ready any more until its port is closed, so that who sends
 *     requests to several services sees it first
 * @param timeout how long requests that are in flight then may take to end
 */
public record DrainLimits(Duration delay, Duration timeout) {

  /** At once, and 30 seconds. */
  public static final DrainLimits DEFAULT = new DrainLimits(Duration.ZERO, Duration.ofSeconds(30));

  public DrainLimits {
    if (delay.isNegative() || timeout.isNegative()) {
      throw new IllegalArgumentException("a stop cannot take less than no time");
    }
  }
}
