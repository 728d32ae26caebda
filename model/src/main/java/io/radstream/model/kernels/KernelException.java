package io.radstream.model.kernels;

/** Kernels cannot be compiled, loaded or launched here. */
public final class KernelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public KernelException(String message) {
    super(message);
  }

  public KernelException(String message, Throwable cause) {
    super(message, cause);
  }
}
