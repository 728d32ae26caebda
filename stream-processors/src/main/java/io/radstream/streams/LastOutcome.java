package io.radstream.streams;

import java.util.regex.Pattern;

/**
 * What a study came to when it was decided last.
 *
 * @param digest of the newest tuple or rejection; empty before the first
 * @param revision of the newest tuple; 0 before the first
 * @param unreported whether the newest tuple has no report
 * @param side where a tuple of the study stands; none where there is none, or it was taken back
 * @param patientId that the standing tuple names
 */
record LastOutcome(String digest, int revision, boolean unreported, Side side, String patientId) {

  static final LastOutcome NONE = new LastOutcome("", 0, false, Side.NONE, "");

  /** Nothing that a study comes to has this digest. */
  private static final String TAKEN_BACK = "taken back";

  private static final Pattern OF_A_TUPLE = Pattern.compile("[0-9a-f]{64}");

  boolean stands() {
    return side != Side.NONE;
  }

  /** Whether a tuple stands that names another patient. */
  boolean isOfAnother(String patient) {
    return stands() && !patientId.equals(patient);
  }

  /** Whether a tuple without a report would take nothing away: no earlier one has a report. */
  boolean mayLackReport() {
    return !stands() || unreported;
  }

  LastOutcome tuple(String newDigest, boolean withoutReport, Side newSide, String newPatientId) {
    return new LastOutcome(newDigest, revision + 1, withoutReport, newSide, newPatientId);
  }

  /** The newest tuple stands. */
  LastOutcome rejected(String newDigest) {
    return new LastOutcome(newDigest, revision, unreported, side, patientId);
  }

  /** Of what was rejected somebody asks again: they are to be told, though it be the same. */
  LastOutcome askedAgain() {
    return OF_A_TUPLE.matcher(digest).matches()
        ? this
        : new LastOutcome("", revision, unreported, side, patientId);
  }

  /** No tuple stands any more. */
  LastOutcome takenBack() {
    return new LastOutcome(TAKEN_BACK, revision + 1, false, Side.NONE, "");
  }
}
