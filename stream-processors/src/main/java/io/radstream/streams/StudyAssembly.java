package io.radstream.streams;

import io.radstream.schemas.Decoded;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.Study;
import java.util.List;
import java.util.Optional;

/** Reads the parts of a study and puts them together. */
final class StudyAssembly {

  /** What comes of it. */
  sealed interface Assembled {

    /**
     * @param culprit offset of the record to point at if the study is rejected
     */
    record Whole(MergedStudy study, long culprit) implements Assembled {}

    /** A record that could be read when it came: its schema has left the registry since. */
    record Unreadable(Refusal refusal, long offset) implements Assembled {}

    /** The topic does not hold a record any more. */
    record Gone(long offset) implements Assembled {}
  }

  private final StudyParts parts;
  private final RecordReader<Study> reader;
  private final String topic;
  private final int viewCap;

  StudyAssembly(StudyParts parts, RecordReader<Study> reader, String topic, int viewCap) {
    this.parts = parts;
    this.reader = reader;
    this.topic = topic;
    this.viewCap = viewCap;
  }

  /**
   * @param patientId who the study's patient is now
   */
  Assembled of(String studyId, String patientId, ReceivedParts received) {
    StudyMerge merge = new StudyMerge(studyId, patientId, viewCap);
    List<Long> offsets = received.offsets();
    Optional<Assembled> failure =
        forEach(
            received.retractions(), (part, offset) -> merge.heed(part, offsets.indexOf(offset)));
    if (failure.isEmpty()) {
      failure = forEach(offsets, merge::add);
    }
    return failure.orElseGet(() -> new Assembled.Whole(merge.study(), merge.culprit()));
  }

  /** The value of a record, where the topic still holds it. */
  Optional<byte[]> original(long offset) {
    return parts.read(offset);
  }

  private interface Step {

    void take(Study part, long offset);
  }

  private Optional<Assembled> forEach(List<Long> offsets, Step step) {
    for (long offset : offsets) {
      Optional<Decoded<Study>> part = part(offset);
      if (part.isEmpty()) {
        return Optional.of(new Assembled.Gone(offset));
      }
      if (part.get() instanceof Decoded.Valid<Study> valid) {
        step.take(valid.value(), offset);
      } else if (part.get() instanceof Decoded.Invalid<Study> invalid) {
        Refusal refusal = new Refusal(invalid.reason(), invalid.message());
        return Optional.of(new Assembled.Unreadable(refusal, offset));
      }
    }
    return Optional.empty();
  }

  private Optional<Decoded<Study>> part(long offset) {
    Optional<Study> held = parts.held(offset);
    return held.isPresent()
        ? held.map(Decoded.Valid::new)
        : parts.read(offset).map(value -> reader.read(topic, value));
  }
}
