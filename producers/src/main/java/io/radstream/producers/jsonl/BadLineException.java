package io.radstream.producers.jsonl;

import io.radstream.schemas.RejectionReason;

/** A line that is no study; the message names fields, never their content. */
final class BadLineException extends Exception {

  private static final long serialVersionUID = 1L;

  private final RejectionReason reason;

  BadLineException(RejectionReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  static BadLineException invalid(String message) {
    return new BadLineException(RejectionReason.INVALID_RECORD, message);
  }

  RejectionReason reason() {
    return reason;
  }
}
