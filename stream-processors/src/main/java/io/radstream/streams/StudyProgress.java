package io.radstream.streams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.schemas.Study;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the stage knows of a study, without its bytes. Times are stream time in milliseconds.
 *
 * @param patientId of the first part; empty before it
 * @param parts offsets of the records whose bytes are kept, in order of arrival
 * @param seen digests of the newest records that were dealt with: what is published twice counts
 *     once
 * @param viewSeen whether a part has a view
 * @param reportSeen whether a part has a final report
 * @param decided whether all parts have gone into a tuple or a rejection
 * @param revision of the newest tuple; 0 before the first
 * @param unreported whether the newest tuple has no report
 * @param outcome digest of the newest tuple or rejection; empty before the first
 * @param lastPart when the newest part arrived
 * @param due when something is to be done next; {@link #NEVER} for nothing
 */
record StudyProgress(
    String patientId,
    List<Long> parts,
    List<String> seen,
    boolean viewSeen,
    boolean reportSeen,
    boolean decided,
    int revision,
    boolean unreported,
    String outcome,
    long lastPart,
    long due) {

  static final long NEVER = Long.MAX_VALUE;

  /**
   * Most parts whose bytes are kept at a time; a source that sends more is going round in circles.
   */
  static final int MOST_PARTS = 256;

  /** Most digests that are remembered, so that this record stays small; the oldest leave. */
  private static final int MOST_SEEN = 1024;

  static final StudyProgress NONE =
      new StudyProgress("", List.of(), List.of(), false, false, true, 0, false, "", 0, NEVER);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  StudyProgress {
    parts = List.copyOf(parts);
    seen = List.copyOf(seen);
  }

  static StudyProgress read(byte[] json) {
    try {
      return MAPPER.readValue(json, StudyProgress.class);
    } catch (IOException e) {
      throw new UncheckedIOException("the state store was written by another version", e);
    }
  }

  byte[] write() {
    try {
      return MAPPER.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values is always writable", e);
    }
  }

  boolean isFull() {
    return parts.size() >= MOST_PARTS;
  }

  StudyProgress withSeen(String digest) {
    return new StudyProgress(
        patientId,
        parts,
        append(seen.subList(Math.max(0, seen.size() + 1 - MOST_SEEN), seen.size()), digest),
        viewSeen,
        reportSeen,
        decided,
        revision,
        unreported,
        outcome,
        lastPart,
        due);
  }

  /**
   * A new part puts the decision off by the settle time, or, as long as something is missing, to
   * the deadline that runs from the first part. A study that was given up waiting for its report
   * does not wait for it again.
   */
  StudyProgress withPart(Study part, long offset, long now, StageConfig config) {
    boolean view = viewSeen || !part.getViews().isEmpty();
    boolean report =
        reportSeen || (part.getReport() != null && MergedStudy.isFinal(part.getReport()));
    long deadline = decided ? now + config.deadline().toMillis() : due;
    return new StudyProgress(
        patientId.isEmpty() ? part.getPatientId() : patientId,
        append(parts, offset),
        seen,
        view,
        report,
        false,
        revision,
        unreported,
        outcome,
        now,
        view && (report || unreported) ? now + config.settle().toMillis() : deadline);
  }

  /** Whether a tuple without a report would take nothing away: no earlier one has a report. */
  boolean mayLackReport() {
    return revision == 0 || unreported;
  }

  /** After a new tuple: the parts are kept for a while. */
  StudyProgress withTuple(boolean withoutReport, String newOutcome, StageConfig config) {
    return withOutcome(revision + 1, withoutReport, newOutcome, config);
  }

  /** After a rejection, or where nothing is new: the newest tuple stands. */
  StudyProgress withOutcome(String newOutcome, StageConfig config) {
    return withOutcome(revision, unreported, newOutcome, config);
  }

  private StudyProgress withOutcome(
      int newRevision, boolean withoutReport, String newOutcome, StageConfig config) {
    return new StudyProgress(
        patientId,
        parts,
        seen,
        viewSeen,
        reportSeen,
        true,
        newRevision,
        withoutReport,
        newOutcome,
        lastPart,
        lastPart + config.keep().toMillis());
  }

  /** After that while: the bytes are gone, what was made of them stays known. */
  StudyProgress withoutParts() {
    return new StudyProgress(
        patientId,
        List.of(),
        seen,
        false,
        false,
        true,
        revision,
        unreported,
        outcome,
        lastPart,
        NEVER);
  }

  private static <T> List<T> append(List<T> list, T last) {
    return Stream.concat(list.stream(), Stream.of(last)).toList();
  }
}
