package io.radstream.serving.worklist;

/** What is to stand on the list is not known yet, or not any more. */
public final class NotReadYetException extends Exception {

  private static final long serialVersionUID = 1L;

  NotReadYetException(String message) {
    super(message);
  }
}
