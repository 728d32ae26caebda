package io.radstream.objects;

import java.io.IOException;

/** An object store did not do what it was asked; the message says what to do about it. */
public final class ObjectStoreException extends IOException {

  private static final long serialVersionUID = 1L;

  ObjectStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
