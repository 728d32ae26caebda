package io.radstream.trainer.data;

/** A run that cannot begin or go on; the message says what to do. */
public final class TrainingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public TrainingException(String message) {
    super(message);
  }

  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
