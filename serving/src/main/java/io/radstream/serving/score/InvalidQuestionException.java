package io.radstream.serving.score;

/** A model cannot explain what is asked for; the message is for the client, and says why. */
public final class InvalidQuestionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InvalidQuestionException(String message) {
    super(message);
  }

  public InvalidQuestionException(String message, Throwable cause) {
    super(message, cause);
  }
}
