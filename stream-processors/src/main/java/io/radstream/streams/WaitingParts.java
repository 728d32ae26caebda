package io.radstream.streams;

import io.radstream.schemas.Decoded;
import io.radstream.schemas.RecordDigest;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Study;
import java.util.Optional;

/**
 * Parts that name another patient than their study does. What explains one may come after it: a
 * merge of the two patients, or a retraction of all that was the other one's. Then it counts as if
 * it had come after that; else it is rejected at its deadline.
 */
final class WaitingParts {

  private static final Refusal ANOTHER_PATIENT =
      new Refusal(
          RejectionReason.INVALID_RECORD,
          "record names another patient than the study's earlier records");

  /** Takes a part into its study. */
  @FunctionalInterface
  interface Intake {

    /**
     * @param before what is known of the study, as it is stored
     */
    void take(StudyRecord record, RecordDigest digest, StudyProgress before, Study part, long now);
  }

  private final StudyStore store;
  private final StudyParts parts;
  private final RecordReader<Study> reader;
  private final StageOutputs outputs;
  private final SourcePartition source;
  private final StageConfig config;

  WaitingParts(
      StudyStore store,
      StudyParts parts,
      RecordReader<Study> reader,
      StageOutputs outputs,
      SourcePartition source,
      StageConfig config) {
    this.store = store;
    this.parts = parts;
    this.reader = reader;
    this.outputs = outputs;
    this.source = source;
    this.config = config;
  }

  /**
   * @param before what is known of the study, as it is stored
   */
  void keep(StudyRecord record, RecordDigest digest, StudyProgress before, Study part, long now) {
    long offset = record.origin().getOffset();
    long due = now + config.deadline().toMillis();
    WaitingPart waiting =
        new WaitingPart(offset, part.getPatientId(), digest, StudyMerge.takesBack(part), due);
    store.save(record.key(), before, before.withWaiting(waiting));
  }

  /** Gives the study's parts that are explained now to {@code intake}, in order of arrival. */
  void takeExplained(byte[] key, Intake intake, long now) {
    StudyProgress study = store.progress(key);
    Optional<WaitingPart> next = study.explained(store.patients()::survivor);
    while (next.isPresent()) {
      take(key, study, next.get(), intake, now);
      // Each may itself take back all that was of the study's patient.
      study = store.progress(key);
      next = study.explained(store.patients()::survivor);
    }
  }

  private void take(byte[] key, StudyProgress study, WaitingPart part, Intake intake, long now) {
    StudyProgress before = study.without(part);
    store.save(key, study, before);
    StudyRecord record = record(key, part);
    if (record.value() == null) {
      outputs.rejection(record, StudyDecision.GONE, now);
      return;
    }
    Decoded<Study> decoded = reader.read(source.topic(), record.value());
    if (decoded instanceof Decoded.Valid<Study> valid) {
      intake.take(record, part.digest(), before, valid.value(), now);
    } else if (decoded instanceof Decoded.Invalid<Study> invalid) {
      outputs.rejection(record, new Refusal(invalid.reason(), invalid.message()), now);
    }
  }

  /** Rejects the part that has waited longest. */
  void giveUpFirst(byte[] key, StudyProgress study) {
    WaitingPart part = study.waiting().get(0);
    long time = study.nextDue();
    outputs.givenUp(record(key, part), ANOTHER_PATIENT, time);
    store.save(key, study, study.without(part).withSeen(part.digest(), time, config));
  }

  private StudyRecord record(byte[] key, WaitingPart part) {
    return new StudyRecord(key, parts.read(part.offset()), source.at(part.offset()));
  }
}
