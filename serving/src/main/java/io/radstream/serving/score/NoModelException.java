package io.radstream.serving.score;

/** No checkpoint is loaded yet. */
public final class NoModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NoModelException() {
    super("no checkpoint is loaded yet");
  }
}
