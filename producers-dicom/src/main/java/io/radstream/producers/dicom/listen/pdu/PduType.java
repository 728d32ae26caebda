package io.radstream.producers.dicom.listen.pdu;

/** Kinds of PDUs, with the lengths that are taken from a peer, in bytes without the header. */
enum PduType {
  /** A context for each of 128 SOP classes, with 40 transfer syntaxes each, fits. */
  ASSOCIATE_REQUEST(1, 68, 1 << 18),
  ASSOCIATE_ACCEPT(2),
  ASSOCIATE_REJECT(3),
  DATA(4, 6, PduReader.MAX_LENGTH),
  RELEASE_REQUEST(5, 4, 4),
  RELEASE_REPLY(6),
  ABORT(7, 4, 4);

  private final int code;
  private final int shortest;
  private final int longest;

  PduType(int code, int shortest, int longest) {
    this.code = code;
    this.shortest = shortest;
    this.longest = longest;
  }

  /** What only we send. */
  PduType(int code) {
    this(code, 0, -1);
  }

  int code() {
    return code;
  }

  /** Whether it is anything that a peer may send. */
  boolean ofPeer() {
    return longest >= 0;
  }

  /** Whether a peer may send one of that length. */
  boolean allows(long length) {
    return length >= shortest && length <= longest;
  }

  static PduType of(int code) throws PduException {
    for (PduType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new PduException(PduException.Reason.UNRECOGNIZED_PDU, "a PDU of no known type");
  }
}
