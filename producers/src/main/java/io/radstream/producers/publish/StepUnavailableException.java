package io.radstream.producers.publish;

/** A step cannot do its work now, whatever the part is like: the part may be sent again. */
public final class StepUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param explanation free of the part's content
   */
  public StepUnavailableException(String explanation, Throwable cause) {
    super(explanation, cause);
  }
}
