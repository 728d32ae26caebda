package io.radstream.serving.pictures;

/** Pictures at full resolution cannot be read now; the message says what to do. */
public final class PicturesAwayException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PicturesAwayException(String message, Throwable cause) {
    super(message, cause);
  }
}
