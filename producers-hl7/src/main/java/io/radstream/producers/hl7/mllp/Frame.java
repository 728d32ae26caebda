package io.radstream.producers.hl7.mllp;

/**
 * What stood between the start and the end of one block.
 *
 * @param bytes the message; of one that was not kept, its beginning
 */
@SuppressWarnings("ArrayRecordComponent") // read once and dropped; a copy would double memory
public record Frame(byte[] bytes, Kept kept) {

  /** How much of a message was kept. */
  public enum Kept {
    WHOLE,

    /** It has more bytes than a message may have. */
    TOO_LARGE,

    /** The messages under way have taken all the memory that there is for them. */
    NO_ROOM
  }
}
