package io.radstream.model.engine;

/** The ranks of a group cannot meet, or one of them is gone; the group is at an end. */
public final class GroupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public GroupException(String message) {
    super(message);
  }

  public GroupException(String message, Throwable cause) {
    super(message, cause);
  }
}
