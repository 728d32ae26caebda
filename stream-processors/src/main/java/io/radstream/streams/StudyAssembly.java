package io.radstream.streams;

import io.opentelemetry.api.trace.SpanContext;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.Study;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the parts of a study and puts them together. */
final class StudyAssembly {

  /** What comes of it. */
  sealed interface Assembled {

    /**
     * @param culprit offset of the record to point at if the study is rejected
     * @param publications spans that its records were published in, of those that tell of one, in
     *     order of arrival
     */
    record Whole(MergedStudy study, long culprit, List<SpanContext> publications)
        implements Assembled {}

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
    List<SpanContext> publications = new ArrayList<>();
    Optional<Assembled> failure =
        forEach(
            received.retractions(),
            (part, offset) -> merge.heed(part.study(), offsets.indexOf(offset)));
    if (failure.isEmpty()) {
      failure =
          forEach(
              offsets,
              (part, offset) -> {
                merge.add(part.study(), offset);
                note(part.origin(), publications);
              });
    }
    return failure.orElseGet(
        () -> new Assembled.Whole(merge.study(), merge.culprit(), publications));
  }

  private static void note(SpanContext publication, List<SpanContext> all) {
    if (publication.isValid()) {
      all.add(publication);
    }
  }

  /** A record, where the topic still holds it. */
  Optional<PartRecord> original(long offset) {
    return parts.read(offset);
  }

  private interface Step {

    void take(HeldPart part, long offset);
  }

  private Optional<Assembled> forEach(List<Long> offsets, Step step) {
    for (long offset : offsets) {
      Optional<HeldPart> held = parts.held(offset);
      if (held.isPresent()) {
        step.take(held.get(), offset);
        continue;
      }
      Optional<PartRecord> record = parts.read(offset);
      if (record.isEmpty()) {
        return Optional.of(new Assembled.Gone(offset));
      }
      Decoded<Study> part = reader.read(topic, record.get().value());
      if (part instanceof Decoded.Valid<Study> valid) {
        step.take(new HeldPart(valid.value(), record.get().origin()), offset);
      } else if (part instanceof Decoded.Invalid<Study> invalid) {
        Refusal refusal = new Refusal(invalid.reason(), invalid.message());
        return Optional.of(new Assembled.Unreadable(refusal, offset));
      }
    }
    return Optional.empty();
  }
}
