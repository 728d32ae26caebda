package io.radstream.serving.checkpoint;

/** A checkpoint that must not become live; the message says why and what to do. */
public final class RefusedCheckpointException extends Exception {

  private static final long serialVersionUID = 1L;

  RefusedCheckpointException(String message) {
    super(message);
  }

  RefusedCheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
