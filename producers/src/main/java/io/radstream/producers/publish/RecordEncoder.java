package io.radstream.producers.publish;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.RecordDigest;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.SourceMark;
import io.radstream.schemas.Study;
import io.radstream.schemas.StudyAudit;
import io.radstream.schemas.Topic;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Makes records in the wire format, each under its key. Thread-safe. */
final class RecordEncoder implements AutoCloseable {

  private record Outlet<T extends SpecificRecord>(String topic, Serializer<T> serializer) {

    static <T extends SpecificRecord> Outlet<T> of(
        Topic topic, Class<T> type, KafkaConnection connection) {
      return new Outlet<>(
          connection.topics().of(topic), RecordSerde.of(type, connection).serializer());
    }

    ProducerRecord<String, byte[]> record(String key, T value) {
      synchronized (serializer) {
        return new ProducerRecord<>(topic, key, serializer.serialize(topic, value));
      }
    }
  }

  private final Outlet<Study> studies;
  private final Outlet<LabelledStudy> labels;
  private final Outlet<StudyAudit> audits;
  private final Outlet<SourceMark> marks;

  RecordEncoder(KafkaConnection connection) {
    this.studies = Outlet.of(Topic.STUDIES, Study.class, connection);
    this.labels = Outlet.of(Topic.LABELS, LabelledStudy.class, connection);
    this.audits = Outlet.of(Topic.STUDIES_AUDIT, StudyAudit.class, connection);
    this.marks = Outlet.of(Topic.PUBLISH_POSITIONS, SourceMark.class, connection);
  }

  /** Says of its pictures that they were encoded here, as {@link ViewNormaliser} does. */
  ProducerRecord<String, byte[]> study(Study study) {
    ProducerRecord<String, byte[]> sent = studies.record(study.getStudyId(), study);
    sent.headers().add(Topic.ENCODED_HEADER, RecordDigest.of(sent.value()).bytes());
    return sent;
  }

  ProducerRecord<String, byte[]> labels(LabelledStudy known) {
    return labels.record(known.getId(), known);
  }

  ProducerRecord<String, byte[]> audit(StudyAudit audit) {
    return audits.record(audit.getStudyId(), audit);
  }

  ProducerRecord<String, byte[]> mark(String key, SourceMark mark) {
    return marks.record(key, mark);
  }

  @Override
  public void close() {
    List.of(studies, labels, audits, marks).forEach(outlet -> outlet.serializer().close());
  }
}
