package io.radstream.radiology.image;

import java.io.IOException;

/** Bytes that cannot be used as a radiograph; the message never holds any of them. */
public final class UnreadableImageException extends IOException {

  /** Why an image was refused. */
  public enum Reason {
    /** Not a PNG or JPEG, truncated, damaged, or of a kind that cannot be read rightly. */
    UNDECODABLE,
    /**
     * Shorter side under {@link ImageDecoder.Limits#minSide()}, or too short for the longer one.
     */
    TOO_SMALL,
    /** More pixels than {@link ImageDecoder.Limits#maxPixels()}; refused before any is decoded. */
    TOO_LARGE
  }

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  UnreadableImageException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /**
   * @param what is missing
   */
  static UnreadableImageException truncated(String what) {
    return new UnreadableImageException(Reason.UNDECODABLE, "image is truncated: " + what);
  }

  /**
   * @param what is wrong
   */
  static UnreadableImageException damaged(String what) {
    return new UnreadableImageException(Reason.UNDECODABLE, "image is damaged: " + what);
  }

  /**
   * @param kind that is not read, because nothing says how to read it rightly, or for want of a
   *     decoder
   */
  static UnreadableImageException unsupported(String kind) {
    return new UnreadableImageException(Reason.UNDECODABLE, "image is of no known kind: " + kind);
  }

  public Reason reason() {
    return reason;
  }
}
