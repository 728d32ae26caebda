package io.radstream.serving.score;

/** The time is over within which an answer was of use. */
public final class DeadlineExceededException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DeadlineExceededException() {
    super("the time for an answer is over");
  }
}
