package io.radstream.serving.inference;

/** A request of the protocol that cannot be answered as it is. */
public final class InvalidInferenceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message for the client: what is wrong, and what to do; holds nothing of its images
   */
  public InvalidInferenceException(String message) {
    super(message);
  }
}
