package io.radstream.producers.dicom.listen.pdu;

/** Why an association is not accepted, PS3.8 table 9-21. */
public enum Rejection {
  APPLICATION_CONTEXT(1, 1, 2, "it speaks no DICOM application context"),
  CALLING_TITLE(1, 1, 3, "its title is not allowed from its address"),
  CALLED_TITLE(1, 1, 7, "it calls another title"),
  VERSION(1, 2, 2, "it speaks another version of the protocol"),
  TOO_MANY(2, 3, 2, "there are as many associations as allowed"),
  STOPPING(2, 3, 1, "this listener is stopping");

  private final int result;
  private final int source;
  private final int reason;
  private final String explanation;

  Rejection(int result, int source, int reason, String explanation) {
    this.result = result;
    this.source = source;
    this.reason = reason;
    this.explanation = explanation;
  }

  int result() {
    return result;
  }

  int source() {
    return source;
  }

  int reason() {
    return reason;
  }

  /** For a log line: "because it calls another title". */
  public String explanation() {
    return explanation;
  }
}
