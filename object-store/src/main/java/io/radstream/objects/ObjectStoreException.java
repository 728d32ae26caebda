package io.radstream.objects;

import java.io.IOException;

/** An object store did not do what it was asked; the message says what to do about it. */
public final class ObjectStoreException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What is the matter. */
  enum Kind {
    /** It did not answer, or not to the end, or that it cannot now. */
    AWAY,
    /** There is more than may be read. */
    TOO_LARGE,
    /** It does not give this object, whoever asks. */
    WITHHELD,
    /** It may be that nobody who asks with these credentials is given anything. */
    FORBIDDEN,
    /** It will not do it the next time either. */
    REFUSED
  }

  private final Kind kind;

  ObjectStoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Whether it may well do it later. */
  public boolean isAway() {
    return kind == Kind.AWAY;
  }

  boolean isTooLarge() {
    return kind == Kind.TOO_LARGE;
  }

  boolean isWithheld() {
    return kind == Kind.WITHHELD;
  }

  boolean isForbidden() {
    return kind == Kind.FORBIDDEN;
  }
}
