package io.radstream.streams;

import io.radstream.schemas.Decoded;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Study;

/** Makes a tuple or a rejection of all parts of a study that have arrived. */
final class StudyDecision {

  private final StudyStore store;
  private final RecordReader<Study> reader;
  private final StageOutputs outputs;
  private final StageConfig config;
  private final TupleMaker tuples;
  private final SourcePartition source;

  StudyDecision(
      StudyStore store,
      RecordReader<Study> reader,
      StageOutputs outputs,
      StageConfig config,
      SourcePartition source) {
    this.store = store;
    this.reader = reader;
    this.outputs = outputs;
    this.config = config;
    this.tuples = new TupleMaker(config);
    this.source = source;
  }

  /** Sends what the study comes to, unless that was sent before. */
  StudyProgress decide(byte[] key, StudyProgress progress) {
    StudyMerge merge = new StudyMerge(config.viewCap());
    for (long offset : progress.parts()) {
      Decoded<Study> part = reader.read(source.topic(), store.part(offset));
      if (part instanceof Decoded.Valid<Study> valid) {
        merge.add(valid.value(), offset);
      } else if (part instanceof Decoded.Invalid<Study> invalid) {
        // It was readable when it arrived: the schema has been deleted from the registry since.
        Refusal refusal = new Refusal(invalid.reason(), invalid.message());
        return refuse(key, progress, new Outcome.Refused(refusal, refusal.toString()), offset);
      }
    }
    return decide(key, progress, merge.study(), merge.culprit());
  }

  private StudyProgress decide(
      byte[] key, StudyProgress progress, MergedStudy study, long culprit) {
    Outcome outcome =
        tuples.make(
            study,
            progress.mayLackReport(),
            progress.revision() + 1,
            progress.parts().stream().map(source::at).toList());
    if (outcome instanceof Outcome.Refused refused) {
      return refuse(key, progress, refused, culprit);
    }
    Outcome.Ready ready = (Outcome.Ready) outcome;
    if (ready.digest().equals(progress.outcome())) {
      return progress.withOutcome(progress.outcome(), config);
    }
    if (outputs.tuple(key, ready.tuple(), progress.lastPart())) {
      return progress.withTuple(ready.tuple().getTokens().isEmpty(), ready.digest(), config);
    }
    Refusal oversized =
        new Refusal(RejectionReason.OVERSIZED, "the study's views are too large for one record");
    return refuse(
        key, progress, new Outcome.Refused(oversized, "OVERSIZED:" + ready.digest()), culprit);
  }

  private StudyProgress refuse(
      byte[] key, StudyProgress progress, Outcome.Refused refused, long culprit) {
    if (!refused.digest().equals(progress.outcome())) {
      StudyRecord record = new StudyRecord(key, store.part(culprit), source.at(culprit));
      outputs.rejection(record, refused.refusal(), progress.due());
    }
    return progress.withOutcome(refused.digest(), config);
  }
}
