package io.radstream.producers.fhir;

import java.io.IOException;
import java.time.Duration;

/**
 * A server did not give what it was asked for. The message is for people, says what to do, and
 * holds nothing of a resource and no address below the server's own.
 */
public final class FhirException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What follows from it. */
  public enum Kind {
    /** It does not have this, or no longer. */
    GONE,
    /** Who asks lacks the right to this; others may be allowed. */
    FORBIDDEN,
    /** It takes the question for none, as where it does not know such a search. */
    REFUSED,
    /** It answers this question wrongly or not at all; others may fare better. */
    BAD_ANSWER,
    /** The answer is larger than is taken. */
    TOO_LARGE,
    /** It cannot be reached or wants to be left alone: no question would fare better now. */
    UNAVAILABLE,
    /** It does not know who asks. */
    CREDENTIALS,
    /** The source was closed meanwhile. */
    STOPPED
  }

  private final Kind kind;
  private final boolean passing;
  private final Duration leftAlone;

  private FhirException(Kind kind, String message, boolean passing, Duration leftAlone) {
    super(message);
    this.kind = kind;
    this.passing = passing;
    this.leftAlone = leftAlone;
  }

  FhirException(Kind kind, String message) {
    this(kind, message, false, Duration.ZERO);
  }

  /** It may pass if the same is asked again. */
  static FhirException passing(Kind kind, String message) {
    return new FhirException(kind, message, true, Duration.ZERO);
  }

  /**
   * It asks for a pause.
   *
   * @param leftAlone how long at least, by the server's own words
   */
  static FhirException busy(String message, Duration leftAlone) {
    return new FhirException(Kind.UNAVAILABLE, message, true, leftAlone);
  }

  static FhirException stopped() {
    return new FhirException(Kind.STOPPED, "the source was closed");
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
