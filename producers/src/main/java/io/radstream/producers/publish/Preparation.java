package io.radstream.producers.publish;

import io.opentelemetry.api.trace.Span;
import io.radstream.producers.publish.Pseudonymizer.Space;
import io.radstream.schemas.Correction;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.SourceMark;
import io.radstream.schemas.Study;
import io.radstream.schemas.StudyAudit;
import io.radstream.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes records of a consignment: the same consignment, the same records. Thread-safe.
 *
 * @param source name of the source, as records carry it
 * @param publisher under which marks are kept
 * @param partitions of the topic of studies
 * @param spans of records of studies
 */
record Preparation(
    String source,
    String publisher,
    List<PartStep> steps,
    StudyAssembler assembler,
    RecordEncoder encoder,
    IntSupplier partitions,
    PublicationSpans spans) {

  /** What the producer adds to a value: key, headers, batch framing. */
  private static final int FRAMING_BYTES = 1024;

  private static final int MOST_BYTES = Topic.MAX_RECORD_BYTES - FRAMING_BYTES;

  /** What a record counts as. */
  enum Kind {
    STUDY,
    LABELS,
    CORRECTION,
    AUDIT,
    MARK
  }

  /**
   * @param span of its publication; does nothing where spans are not made
   */
  record Outgoing(Kind kind, ProducerRecord<String, byte[]> record, Span span) {

    Outgoing(Kind kind, ProducerRecord<String, byte[]> record) {
      this(kind, record, Span.getInvalid());
    }
  }

  /** An item that may not go out, and so its consignment may not. */
  static final class RefusedItemException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long number;
    private final RejectionReason reason;

    RefusedItemException(long number, RejectionReason reason, String explanation) {
      super(explanation);
      this.number = number;
      this.reason = reason;
    }

    long number() {
      return number;
    }

    RejectionReason reason() {
      return reason;
    }
  }

  List<Outgoing> records(Consignment consignment) throws RefusedItemException {
    List<Outgoing> records = new ArrayList<>();
    for (SourceItem item : consignment.items()) {
      if (item instanceof SourceItem.Found found) {
        add(found, records);
      } else if (item instanceof SourceItem.Refused refused) {
        throw new RefusedItemException(refused.number(), refused.reason(), refused.explanation());
      } else if (item instanceof SourceItem.Retracted retracted) {
        records.add(spans.begin(Kind.CORRECTION, encoder.study(study(retracted.retraction()))));
      } else if (item instanceof SourceItem.Merged merged) {
        addMerge(merged, records);
      }
    }
    for (Mark mark : consignment.marks()) {
      records.add(new Outgoing(Kind.MARK, encoder.mark(markKey(mark.key()), mark(mark))));
    }
    return records;
  }

  /** Under which a mark lies on its topic. */
  String markKey(String key) {
    return publisher + "/" + assembler.pseudonymizer().pseudonym(Space.MARK, key);
  }

  private void add(SourceItem.Found found, List<Outgoing> records) throws RefusedItemException {
    try {
      StudyPart part = found.part();
      requireShort(part);
      for (PartStep step : steps) {
        part = step.apply(part);
      }
      Optional<Study> study = assembler.assemble(source, part);
      if (study.isPresent()) {
        records.add(spans.begin(Kind.STUDY, limited(encoder.study(study.get()), part)));
      }
      Optional<LabelledStudy> known =
          assembler.labels(source, part, study.map(Study::getViews).orElse(List.of()));
      known.ifPresent(it -> records.add(new Outgoing(Kind.LABELS, encoder.labels(it))));
      if (!part.audit().isEmpty()) {
        records.add(new Outgoing(Kind.AUDIT, encoder.audit(audit(part))));
      }
    } catch (RefusedStudyException e) {
      throw new RefusedItemException(found.number(), e.reason(), e.getMessage());
    }
  }

  private StudyAudit audit(StudyPart part) {
    return StudyAudit.newBuilder()
        .setStudyId(assembler.pseudonymizer().study(part.study()))
        .setSource(source)
        .setCounts(new TreeMap<>(part.audit()))
        .build();
  }

  private Study study(Retraction retraction) {
    return Study.newBuilder()
        .setStudyId(retraction.studyId())
        .setPatientId(retraction.patientId())
        .setSource(source)
        .setCorrection(
            Correction.newBuilder()
                .setRetractedViews(retraction.viewIds())
                .setReportRetracted(retraction.allReports())
                .setRetractedReports(retraction.reportIds())
                .build())
        .build();
  }

  /** Into every partition, since any of them may hold studies of the patient. */
  private void addMerge(SourceItem.Merged merged, List<Outgoing> records) {
    Pseudonymizer pseudonymizer = assembler.pseudonymizer();
    String former = pseudonymizer.pseudonym(Space.PATIENT, merged.former());
    Study study =
        Study.newBuilder()
            .setStudyId("patient/" + former)
            .setPatientId(pseudonymizer.pseudonym(Space.PATIENT, merged.survivor()))
            .setSource(source)
            .setCorrection(Correction.newBuilder().setFormerPatientId(former).build())
            .build();
    ProducerRecord<String, byte[]> record = encoder.study(study);
    for (int partition = 0; partition < partitions.getAsInt(); partition++) {
      records.add(
          new Outgoing(
              Kind.CORRECTION,
              new ProducerRecord<>(record.topic(), partition, record.key(), record.value())));
    }
  }

  private SourceMark mark(Mark mark) {
    return new SourceMark(publisher, mark.value());
  }

  /** Before anything is done to a text that cannot be sent: taking names out of it takes long. */
  private static void requireShort(StudyPart part) throws RefusedStudyException {
    int bytes = textBytes(part);
    if (bytes > MOST_BYTES) {
      throw tooLong(bytes);
    }
  }

  private static int textBytes(StudyPart part) {
    return part.report()
        .map(report -> report.getText().getBytes(StandardCharsets.UTF_8).length)
        .orElse(0);
  }

  private static RefusedStudyException tooLong(int bytes) {
    return new RefusedStudyException(
        RejectionReason.OVERSIZED,
        ("the report's text has %d bytes; at most %d are sent with all else of the study;"
                + " have what is no report left out")
            .formatted(bytes, MOST_BYTES));
  }

  private static ProducerRecord<String, byte[]> limited(
      ProducerRecord<String, byte[]> record, StudyPart part) throws RefusedStudyException {
    int bytes = record.value().length;
    if (bytes <= MOST_BYTES) {
      return record;
    }
    int text = textBytes(part);
    if (text > bytes / 2) {
      throw tooLong(text);
    }
    throw new RefusedStudyException(
        RejectionReason.OVERSIZED,
        "the record has %d bytes; at most %d are sent; a smaller view size helps"
            .formatted(bytes, MOST_BYTES));
  }
}
