package io.radstream.producers.hl7.message;

/** What became of a message. */
public sealed interface Outcome {

  /** It is where it was to go, or is none of ours. */
  record Accepted() implements Outcome {}

  /** Not now: the sender may send it again. */
  record Failed(String explanation) implements Outcome {}

  /**
   * Not ever: sent again, it would be refused again.
   *
   * @param explanation free of what the message says
   */
  record Rejected(ErrorCode code, String explanation) implements Outcome {}
}
