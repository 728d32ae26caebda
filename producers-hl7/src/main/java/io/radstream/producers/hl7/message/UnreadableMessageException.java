package io.radstream.producers.hl7.message;

/** A message that cannot be taken. What it says goes to the sender: it holds no patient data. */
public final class UnreadableMessageException extends Exception {

  private final ErrorCode code;

  public UnreadableMessageException(ErrorCode code, String explanation) {
    super(explanation);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
