package io.radstream.objects;

import java.io.IOException;

/**
 * An object is not what is claimed, or not there, or not to be read: now, and later if nobody does
 * anything about it.
 */
public final class UnclaimableException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What is the matter. */
  public enum Reason {
    /** It is at none of the addresses that are read. */
    ELSEWHERE,
    /** There is none. */
    GONE,
    /** It is larger, smaller, or has another digest. */
    OTHER_CONTENT,
    /** The store does not give it, though it gives others. */
    WITHHELD
  }

  private final Reason reason;

  UnclaimableException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
