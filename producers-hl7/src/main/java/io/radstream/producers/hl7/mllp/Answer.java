package io.radstream.producers.hl7.mllp;

/** What a sender is told of a message. */
@SuppressWarnings("ArrayRecordComponent") // written once and dropped
public sealed interface Answer {

  /** A message of ours, without its frame. */
  record Message(byte[] bytes) implements Answer {}

  /** The sender wants no answer. */
  record None() implements Answer {}

  /** It was no message: says so in the way of the protocol, and ends the connection. */
  record HangUp() implements Answer {}
}
