package io.radstream.serving.panel;

/** A panel that cannot be judged on; the message says why and what to do, and names no study. */
public final class UnusablePanelException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnusablePanelException(String message) {
    super(message);
  }
}
