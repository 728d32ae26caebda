package io.radstream.serving.checkpoint;

/** A checkpoint that must not become live; the message says why and what to do. */
public final class RefusedCheckpointException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean forNow;

  RefusedCheckpointException(String message) {
    this(message, null);
  }

  RefusedCheckpointException(String message, Throwable cause) {
    this(message, cause, false);
  }

  private RefusedCheckpointException(String message, Throwable cause, boolean forNow) {
    super(message, cause);
    this.forNow = forNow;
  }

  /** Of files that may only be on their way, or of a store that may come back. */
  static RefusedCheckpointException forNow(String message, Throwable cause) {
    return new RefusedCheckpointException(message, cause, true);
  }

  /** Whether it may be well after a while, without anybody's doing here. */
  boolean isForNow() {
    return forNow;
  }
}
