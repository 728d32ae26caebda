package io.radstream.serving.score;

import java.time.Duration;

/** As much is being done already as is allowed at a time. */
public final class OverloadedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  /**
   * @param message for the client: what there is too much of
   */
  public OverloadedException(String message) {
    this(message, Duration.ofSeconds(1));
  }

  /**
   * @param message for the client: what there is too much of
   * @param retryAfter when there is likely to be room
   */
  public OverloadedException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
