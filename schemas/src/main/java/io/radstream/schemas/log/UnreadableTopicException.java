package io.radstream.schemas.log;

/** A topic cannot be read, and waiting does not help; the message says what to do. */
public final class UnreadableTopicException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  public UnreadableTopicException(String message) {
    super(message);
  }

  public UnreadableTopicException(String message, Throwable cause) {
    super(message, cause);
  }
}
