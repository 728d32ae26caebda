package io.radstream.trainer;

/** A run that cannot begin or go on; the message says what to do. */
public final class TrainingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TrainingException(String message) {
    super(message);
  }

  TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
