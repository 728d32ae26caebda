package io.radstream.radiology.image;

import java.io.IOException;

/** Bytes that cannot be used as a radiograph; the message never holds any of them. */
public final class UnreadableImageException extends IOException {

  /** Why an image was refused. */
  public enum Reason {
    /** Not a PNG or JPEG, truncated, or damaged. */
    UNDECODABLE,
    /** Shorter side under {@link ImageDecoder.Limits#minSide()}. */
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

  public Reason reason() {
    return reason;
  }
}
