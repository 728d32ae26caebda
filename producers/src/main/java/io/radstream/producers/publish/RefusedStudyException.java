package io.radstream.producers.publish;

import io.radstream.schemas.RejectionReason;

/** A part that will not be published; the message holds nothing of its content. */
public final class RefusedStudyException extends Exception {

  private static final long serialVersionUID = 1L;

  private final RejectionReason reason;

  public RefusedStudyException(RejectionReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why, as counted and written. */
  public RejectionReason reason() {
    return reason;
  }
}
