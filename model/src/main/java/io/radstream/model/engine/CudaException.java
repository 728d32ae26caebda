package io.radstream.model.engine;

/** A GPU or its driver refuses; the message says what. */
public final class CudaException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CudaException(String message) {
    super(message);
  }

  CudaException(String message, Throwable cause) {
    super(message, cause);
  }
}
