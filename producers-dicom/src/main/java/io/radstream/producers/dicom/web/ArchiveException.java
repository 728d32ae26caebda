package io.radstream.producers.dicom.web;

import java.io.IOException;
import java.time.Duration;

/**
 * An archive did not give what it was asked for. The message is for people, says what to do and
 * holds nothing of an object and no address.
 */
public final class ArchiveException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What follows from it. */
  public enum Kind {
    /** It does not have this, or no longer. */
    GONE,
    /** It answers this question wrongly; others may fare better. */
    BAD_ANSWER,
    /** It has this, but larger than is taken. */
    TOO_LARGE,
    /** It cannot be reached or wants to be left alone: no question would fare better now. */
    UNAVAILABLE,
    /** It does not take the credentials. */
    CREDENTIALS,
    /** The source was closed meanwhile. */
    STOPPED
  }

  private final Kind kind;
  private final boolean passing;
  private final Duration leftAlone;

  private ArchiveException(
      Kind kind, String message, Throwable cause, boolean passing, Duration leftAlone) {
    super(message, cause);
    this.kind = kind;
    this.passing = passing;
    this.leftAlone = leftAlone;
  }

  ArchiveException(Kind kind, String message) {
    this(kind, message, null, false, Duration.ZERO);
  }

  ArchiveException(Kind kind, String message, Throwable cause) {
    this(kind, message, cause, false, Duration.ZERO);
  }

  /** It may pass if the same is asked again. */
  static ArchiveException passing(Kind kind, String message, Throwable cause) {
    return new ArchiveException(kind, message, cause, true, Duration.ZERO);
  }

  /**
   * It asks for a pause.
   *
   * @param leftAlone how long at least, by the archive's own words
   */
  static ArchiveException busy(String message, Duration leftAlone) {
    return new ArchiveException(Kind.UNAVAILABLE, message, null, true, leftAlone);
  }

  static ArchiveException stopped() {
    return new ArchiveException(Kind.STOPPED, "the source was closed");
  }

  /** What follows from it. */
  public Kind kind() {
    return kind;
  }

  boolean passing() {
    return passing;
  }

  Duration leftAlone() {
    return leftAlone;
  }

  /** Whether no other question would fare better now. */
  boolean concernsAll() {
    return kind == Kind.UNAVAILABLE || kind == Kind.CREDENTIALS || kind == Kind.STOPPED;
  }
}
