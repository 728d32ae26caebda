package io.radstream.serving.fleet;

/** The service stops: the checkpoint is not judged, neither well nor badly. */
public final class JudgingStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public JudgingStoppedException() {
    super("the service stops");
  }
}
