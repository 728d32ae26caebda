package io.radstream.serving.score;

/** As many studies as are allowed are waiting already. */
public final class OverloadedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OverloadedException(int capacity) {
    super(capacity + " studies are waiting already");
  }
}
