package io.radstream.producers.dicom.dataset;

import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.schemas.RejectionReason;

/** Reasons why a file is not taken; explanations name attributes and sizes, never their content. */
public final class Refusals {

  private Refusals() {}

  /** The file itself cannot be read. */
  public static RefusedStudyException damaged(String explanation) {
    return new RefusedStudyException(RejectionReason.INVALID_RECORD, explanation);
  }

  /** The file can be read, its picture cannot. */
  public static RefusedStudyException undecodable(String explanation) {
    return new RefusedStudyException(RejectionReason.UNDECODABLE_IMAGE, explanation);
  }

  /** Reading the file ended in an {@link OutOfMemoryError}. */
  public static RefusedStudyException noRoom() {
    return tooLarge("Java's heap has no room for the file: give it more with -Xmx");
  }

  /** The file or its picture has a size that is not taken. */
  public static RefusedStudyException tooLarge(String explanation) {
    return new RefusedStudyException(RejectionReason.IMAGE_TOO_LARGE, explanation);
  }
}
