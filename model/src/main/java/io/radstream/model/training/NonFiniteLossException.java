package io.radstream.model.training;

/** A step whose loss or gradient is not a number, or infinite. */
public final class NonFiniteLossException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NonFiniteLossException(String message) {
    super(message);
  }

  static NonFiniteLossException of(double loss, double norm) {
    return new NonFiniteLossException("loss %s, gradient norm %s".formatted(loss, norm));
  }
}
