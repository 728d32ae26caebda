package io.radstream.producers.dicom.listen.pdu;

/** A peer does not keep to the protocol: its association cannot go on. */
public final class PduException extends Exception {

  private static final long serialVersionUID = 1L;

  /** PS3.8 table 9-26. */
  public enum Reason {
    NOT_SPECIFIED(0),
    UNRECOGNIZED_PDU(1),
    UNEXPECTED_PDU(2),
    UNEXPECTED_PARAMETER(5),
    INVALID_PARAMETER(6);

    private final int code;

    Reason(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  private final Reason reason;

  /**
   * @param explanation names nothing that the peer sent
   */
  public PduException(Reason reason, String explanation) {
    // The peer alone decides how many there are: they are to cost little.
    super(explanation, null, false, false);
    this.reason = reason;
  }

  /** As of a parameter that is invalid. */
  public static PduException invalid(String explanation) {
    return new PduException(Reason.INVALID_PARAMETER, explanation);
  }

  public Reason reason() {
    return reason;
  }
}
