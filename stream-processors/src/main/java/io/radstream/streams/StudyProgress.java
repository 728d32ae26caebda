package io.radstream.streams;

import io.radstream.schemas.RecordDigest;
import io.radstream.schemas.Study;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the stage knows of a study, without its bytes. Times are stream time in milliseconds.
 *
 * @param patientId that the first part names; empty before it
 * @param decided whether all parts have gone into a tuple or a rejection
 * @param lastPart when the newest part arrived
 * @param due when the study is to be decided, or forgotten; {@link #NEVER} where it is not known
 * @param waiting parts that name another patient, in order of arrival
 */
record StudyProgress(
    String patientId,
    ReceivedParts parts,
    LastOutcome last,
    boolean decided,
    long lastPart,
    long due,
    List<WaitingPart> waiting) {

  static final long NEVER = Long.MAX_VALUE;

  static final StudyProgress NONE =
      new StudyProgress("", ReceivedParts.NONE, LastOutcome.NONE, true, 0, NEVER, List.of());

  StudyProgress {
    waiting = List.copyOf(waiting);
  }

  /** When something is to be done next; {@link #NEVER} for nothing. */
  long nextDue() {
    return waiting.isEmpty() ? due : Math.min(due, waiting.get(0).due());
  }

  /** Whether what is to be done next is to give up a part that waits: before all is forgotten. */
  boolean isWaitOver() {
    return !waiting.isEmpty() && (decided || waiting.get(0).due() <= due);
  }

  /** All that its parts name. */
  Set<String> patients() {
    return Stream.concat(Stream.of(patientId), waiting.stream().map(WaitingPart::patientId))
        .filter(patient -> !patient.isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Of what waits, what came before a retraction may come again, as of what was taken. */
  boolean hasSeen(RecordDigest digest) {
    if (parts.seen().contains(digest)) {
      return true;
    }
    boolean seen = false;
    for (WaitingPart part : waiting) {
      seen = !part.takesBack() && (seen || part.digest().equals(digest));
    }
    return seen;
  }

  boolean isFull() {
    return parts.offsets().size() + waiting.size() >= ReceivedParts.MOST;
  }

  StudyProgress withWaiting(WaitingPart part) {
    return withWaiting(Stream.concat(waiting.stream(), Stream.of(part)).toList());
  }

  StudyProgress without(WaitingPart part) {
    return withWaiting(waiting.stream().filter(other -> !other.equals(part)).toList());
  }

  private StudyProgress withWaiting(List<WaitingPart> others) {
    return new StudyProgress(patientId, parts, last, decided, lastPart, due, others);
  }

  /**
   * The first of the parts that wait which names the study's patient now; any, where the study is
   * nobody's.
   *
   * @param survivor who a patient is now
   */
  Optional<WaitingPart> explained(UnaryOperator<String> survivor) {
    String patient = survivor.apply(patientId);
    return waiting.stream()
        .filter(part -> patientId.isEmpty() || survivor.apply(part.patientId()).equals(patient))
        .findFirst();
  }

  /** A record that is dealt with for good, and no part. */
  StudyProgress withSeen(RecordDigest digest, long now, StageConfig config) {
    long forgotten = due == NEVER ? now + config.keep().toMillis() : due;
    return new StudyProgress(
        patientId, parts.withSeen(digest), last, decided, lastPart, forgotten, waiting);
  }

  /**
   * A new part puts the decision off by the settle time, or, as long as something is missing, to
   * the deadline that runs from the first part. A study that was given up waiting for its report
   * does not wait for it again.
   */
  StudyProgress withPart(
      Study part, RecordDigest digest, long offset, long now, StageConfig config) {
    boolean report = part.getReport() != null && MergedStudy.isFinal(part.getReport());
    ReceivedParts more =
        parts.withSeen(digest).withPart(offset, !part.getViews().isEmpty(), report);
    long deadline = decided ? now + config.deadline().toMillis() : due;
    return open(part, more, now, isWhole(more) ? now + config.settle().toMillis() : deadline);
  }

  /**
   * The same for a part that takes something back. Where a tuple stands, it may have to go: that is
   * not put off to a deadline. Where nothing is left, the next part says whose study it is: what
   * was taken back may have been another patient's.
   *
   * @param left all parts together, this one among them
   */
  StudyProgress withRetraction(
      Study part, MergedStudy left, long offset, long now, StageConfig config) {
    ReceivedParts more =
        parts.withRetraction(offset, !left.views().isEmpty(), left.report().isPresent());
    boolean soon = last.stands() || isWhole(more);
    StudyProgress open =
        open(part, more, now, now + (soon ? config.settle() : config.deadline()).toMillis());
    return left.isEmpty() ? open.ofNobody() : open;
  }

  /** With a part that was sent again on purpose. */
  StudyProgress askedAgain() {
    return new StudyProgress(patientId, parts, last.askedAgain(), decided, lastPart, due, waiting);
  }

  private StudyProgress ofNobody() {
    return new StudyProgress("", parts, last, decided, lastPart, due, waiting);
  }

  private boolean isWhole(ReceivedParts more) {
    return more.view() && (more.report() || last.unreported());
  }

  private StudyProgress open(Study part, ReceivedParts more, long now, long newDue) {
    String patient = patientId.isEmpty() ? part.getPatientId() : patientId;
    return new StudyProgress(patient, more, last, false, now, newDue, waiting);
  }

  /** After a tuple, a rejection, or where nothing is new: the study is kept for a while. */
  StudyProgress decidedAs(LastOutcome outcome, StageConfig config) {
    return new StudyProgress(
        patientId,
        parts.decided(),
        outcome,
        true,
        lastPart,
        lastPart + config.keep().toMillis(),
        waiting);
  }

  /** After its tuple was taken back, and something is left of it: the rest may come. */
  StudyProgress incompleteAgain(LastOutcome outcome, StageConfig config) {
    return new StudyProgress(
        patientId,
        parts.decided(),
        outcome,
        false,
        lastPart,
        lastPart + config.deadline().toMillis(),
        waiting);
  }

  /** Its records are gone from the topic; should they be published again, they are new. */
  StudyProgress withoutParts(LastOutcome outcome, StageConfig config) {
    return new StudyProgress(
        patientId,
        ReceivedParts.NONE,
        outcome,
        true,
        lastPart,
        lastPart + config.keep().toMillis(),
        waiting);
  }
}
