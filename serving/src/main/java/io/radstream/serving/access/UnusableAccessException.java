package io.radstream.serving.access;

import java.io.IOException;

/** A file with keys or certificates, or what it holds, cannot be used; the message says why. */
public final class UnusableAccessException extends IOException {

  private static final long serialVersionUID = 1L;

  public UnusableAccessException(String message) {
    super(message);
  }

  public UnusableAccessException(String message, Throwable cause) {
    super(message, cause);
  }
}
