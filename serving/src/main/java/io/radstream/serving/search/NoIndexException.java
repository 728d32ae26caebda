package io.radstream.serving.search;

/** There is no index to search yet; the message says why. */
public final class NoIndexException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoIndexException(String message) {
    super(message);
  }
}
