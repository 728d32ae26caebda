package io.radstream.serving.score;

/** As much is being done already as is allowed at a time. */
public final class OverloadedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message for the client: what there is too much of
   */
  public OverloadedException(String message) {
    super(message);
  }
}
