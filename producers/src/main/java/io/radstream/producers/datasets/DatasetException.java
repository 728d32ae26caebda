package io.radstream.producers.datasets;

import java.io.IOException;

/** A set that cannot be read as it lies there; the message says what to do. */
public final class DatasetException extends IOException {

  private static final long serialVersionUID = 1L;

  DatasetException(String message) {
    super(message);
  }
}
