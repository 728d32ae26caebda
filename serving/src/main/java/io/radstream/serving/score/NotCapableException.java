package io.radstream.serving.score;

/** The model that would answer cannot do what is asked. */
public final class NotCapableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Capability missing;

  public NotCapableException(ModelIdentity model, Capability missing) {
    super("checkpoint " + model.checkpointId() + " cannot do this");
    this.missing = missing;
  }

  public Capability missing() {
    return missing;
  }
}
