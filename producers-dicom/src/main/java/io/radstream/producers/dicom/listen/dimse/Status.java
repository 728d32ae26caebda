package io.radstream.producers.dicom.listen.dimse;

/**
 * What an operation is answered: PS3.7 annex C, for C-STORE PS3.4 annex B.2.3.
 *
 * @param code as it goes out
 * @param comment for the peer's log; no patient data, at most {@value #MAX_COMMENT} characters of
 *     ASCII; may be empty
 */
public record Status(int code, String comment) {

  /** Longest value of VR LO. */
  public static final int MAX_COMMENT = 64;

  public static final Status SUCCESS = new Status(0x0000, "");

  public static final Status PROCESSING_FAILURE = new Status(0x0110, "this listener has a fault");
  public static final Status SOP_CLASS_NOT_SUPPORTED =
      new Status(0x0122, "not the SOP class of the presentation context");
  public static final Status UNRECOGNIZED_OPERATION =
      new Status(0x0211, "only C-ECHO and C-STORE are served");
  public static final Status NO_DATA_SET = new Status(0x0212, "a C-STORE without a data set");

  /** Send it again later. */
  public static final Status OUT_OF_RESOURCES =
      new Status(0xA700, "the cluster did not take it: send it again later");

  /** The same, where this end is to blame. */
  public static final Status OUT_OF_MEMORY =
      new Status(0xA700, "no memory for it at this moment: send it again later");

  public static final Status OTHER_INSTANCE =
      new Status(0xA900, "the data set is not the instance that was announced");

  public static final Status CANNOT_UNDERSTAND = new Status(0xC000, "the data set is damaged");
  public static final Status TOO_LARGE =
      new Status(0xC001, "the data set is larger than this listener takes");

  private static final int ELEMENTS_DISCARDED = 0xB006;
  private static final int NOT_WANTED = 0xC002;

  public Status {
    if (comment.length() > MAX_COMMENT) {
      throw new IllegalArgumentException("the comment is too long for its VR: " + comment);
    }
  }

  /** Whether the peer may take it as done. */
  public boolean isDone() {
    return code == SUCCESS.code || code == ELEMENTS_DISCARDED;
  }

  /** Arrived whole, and none of it is kept: a warning. */
  public static Status discarded(String comment) {
    return new Status(ELEMENTS_DISCARDED, comment);
  }

  /**
   * Arrived whole, and is nothing for this listener: a failure that sending again does not mend.
   */
  public static Status notWanted(String comment) {
    return new Status(NOT_WANTED, comment);
  }
}
