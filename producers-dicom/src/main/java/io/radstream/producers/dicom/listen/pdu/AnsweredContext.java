package io.radstream.producers.dicom.listen.pdu;

/**
 * What becomes of a presentation context that a peer proposed.
 *
 * @param transferSyntax the one that is used; says nothing where the context is not accepted
 */
public record AnsweredContext(int id, Result result, String transferSyntax) {

  /** PS3.8 table 9-18. */
  public enum Result {
    ACCEPTED(0),
    ABSTRACT_SYNTAX_NOT_SUPPORTED(3),
    TRANSFER_SYNTAXES_NOT_SUPPORTED(4);

    private final int code;

    Result(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }
}
