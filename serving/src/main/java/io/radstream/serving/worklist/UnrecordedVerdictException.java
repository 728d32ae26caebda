package io.radstream.serving.worklist;

/** The broker did not take a verdict; the message says why. */
public final class UnrecordedVerdictException extends Exception {

  private static final long serialVersionUID = 1L;

  UnrecordedVerdictException(Throwable cause) {
    super("the verdict was not recorded: " + cause.getMessage(), cause);
  }
}
