package io.radstream.streams;

import io.radstream.schemas.RecordRef;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.streams.StudyAssembly.Assembled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Makes a tuple or a rejection of all parts of a study that have arrived, and takes a tuple back
 * that may not stand: because what it was made of was taken back, or because its patient is another
 * one now, of the other side of the split.
 */
final class StudyDecision {

  static final Refusal GONE =
      new Refusal(
          RejectionReason.OTHER,
          "a record of the study is no longer on the topic: its retention is shorter than the stage"
              + " keeps studies; publish the study again");

  /**
   * A study to be decided.
   *
   * @param patientId who its patient is now
   * @param tupleTime of a tuple that comes of it
   * @param rejectionTime of a rejection
   */
  private record Pending(
      byte[] key, StudyProgress progress, String patientId, long tupleTime, long rejectionTime) {

    String studyId() {
      return new String(key, StandardCharsets.UTF_8);
    }

    LastOutcome last() {
      return progress.last();
    }

    int revision() {
      return last().revision() + 1;
    }
  }

  private final StudyAssembly assembly;
  private final Patients patients;
  private final StageOutputs outputs;
  private final StageConfig config;
  private final TupleMaker tuples;
  private final SourcePartition source;

  StudyDecision(
      StudyAssembly assembly,
      Patients patients,
      StageOutputs outputs,
      StageConfig config,
      SourcePartition source) {
    this.assembly = assembly;
    this.patients = patients;
    this.outputs = outputs;
    this.config = config;
    this.tuples = new TupleMaker(config);
    this.source = source;
  }

  /** Sends what the study comes to, unless that was sent before. */
  StudyProgress decide(byte[] key, StudyProgress progress) {
    return decide(pending(key, progress, progress.lastPart(), progress.due()));
  }

  /** The same of a study that was decided before, for a reason that is none of its parts. */
  StudyProgress decideAgain(byte[] key, StudyProgress progress, long now) {
    return decide(pending(key, progress, now, now));
  }

  private Pending pending(byte[] key, StudyProgress progress, long tupleTime, long rejectionTime) {
    String patient = patients.survivor(progress.patientId());
    return new Pending(key, progress, patient, tupleTime, rejectionTime);
  }

  private StudyProgress decide(Pending pending) {
    Assembled parts =
        assembly.of(pending.studyId(), pending.patientId(), pending.progress().parts());
    if (parts instanceof Assembled.Gone gone) {
      return lost(pending, gone.offset());
    }
    if (parts instanceof Assembled.Unreadable bad) {
      String digest = bad.refusal().toString();
      return refuse(pending, new Outcome.Refused(bad.refusal(), digest), bad.offset());
    }
    Assembled.Whole whole = (Assembled.Whole) parts;
    Outcome outcome = outcome(pending, whole.study());
    if (outcome instanceof Outcome.Ready ready) {
      return ready.digest().equals(pending.last().digest())
          ? pending.progress().decidedAs(pending.last(), config)
          : send(pending, ready, whole);
    }
    return outcome instanceof Outcome.Refused refused
        ? refuse(pending, refused, whole.culprit())
        : pending.progress().decidedAs(withoutTuple(pending), config);
  }

  private Outcome outcome(Pending pending, MergedStudy study) {
    ReceivedParts parts = pending.progress().parts();
    if (study.isEmpty() && !parts.retractions().isEmpty()) {
      return new Outcome.Nothing();
    }
    return tuples.make(
        study,
        pending.last().mayLackReport() || parts.takenBack(),
        pending.revision(),
        origins(pending));
  }

  private List<RecordRef> origins(Pending pending) {
    return pending.progress().parts().offsets().stream().map(source::at).toList();
  }

  private StudyProgress send(Pending pending, Outcome.Ready ready, Assembled.Whole whole) {
    Side side = Side.of(pending.patientId(), config);
    Topic topic = side.topic().orElseThrow();
    Optional<byte[]> value = outputs.encoded(topic, ready.tuple());
    if (value.isEmpty()) {
      Refusal oversized =
          new Refusal(RejectionReason.OVERSIZED, "the study's views are too large for one record");
      return refuse(
          pending, new Outcome.Refused(oversized, "OVERSIZED:" + ready.digest()), whole.culprit());
    }
    if (pending.last().side() != side) {
      withoutTuple(pending);
    }
    outputs.tuple(topic, pending.key(), value.get(), pending.tupleTime(), whole.publications());
    boolean unreported = ready.tuple().getTokens().isEmpty();
    return pending
        .progress()
        .decidedAs(
            pending.last().tuple(ready.digest(), unreported, side, pending.patientId()), config);
  }

  private StudyProgress refuse(Pending pending, Outcome.Refused refused, long culprit) {
    StudyProgress progress = pending.progress();
    boolean waits = pending.last().stands() && progress.parts().takenBack();
    if (waits) {
      return progress.incompleteAgain(withoutTuple(pending), config);
    }
    if (!refused.digest().equals(pending.last().digest())) {
      reject(pending, refused.refusal(), culprit);
    }
    LastOutcome last = isOfOtherSide(pending) ? withoutTuple(pending) : pending.last();
    return progress.decidedAs(last.rejected(refused.digest()), config);
  }

  /** The study is known on, but what comes of it now is put together without what is gone. */
  private StudyProgress lost(Pending pending, long offset) {
    reject(pending, GONE, offset);
    boolean mayStand = !pending.progress().parts().takenBack() && !isOfOtherSide(pending);
    LastOutcome last = mayStand ? pending.last() : withoutTuple(pending);
    return pending.progress().withoutParts(last.rejected(GONE.message()), config);
  }

  private void reject(Pending pending, Refusal refusal, long culprit) {
    outputs.rejection(
        new StudyRecord(pending.key(), assembly.original(culprit), source.at(culprit)),
        refusal,
        pending.rejectionTime());
  }

  /** Left where it is, the tuple would have its patient on both sides. */
  private boolean isOfOtherSide(Pending pending) {
    LastOutcome last = pending.last();
    return last.isOfAnother(pending.patientId())
        && last.side() != Side.of(pending.patientId(), config);
  }

  /** Tells the topic that holds a tuple of the study that it is not to be used; where one does. */
  private LastOutcome withoutTuple(Pending pending) {
    LastOutcome last = pending.last();
    Optional<Topic> topic = last.side().topic();
    if (topic.isEmpty()) {
      return last;
    }
    StudyTuple taken =
        tuples.taken(pending.studyId(), last.patientId(), pending.revision(), origins(pending));
    byte[] value = outputs.encoded(topic.get(), taken).orElseThrow();
    outputs.tuple(topic.get(), pending.key(), value, pending.tupleTime(), List.of());
    return last.takenBack();
  }
}
