package io.radstream.producers.publish;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Study;
import io.radstream.schemas.Topic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Makes records of studies and labels, keyed by study id, in the wire format. Thread-safe. */
final class RecordEncoder implements AutoCloseable {

  private final String studiesTopic;
  private final String labelsTopic;
  private final Serializer<Study> studies;
  private final Serializer<LabelledStudy> labels;

  RecordEncoder(KafkaConnection connection) {
    this.studiesTopic = connection.topics().of(Topic.STUDIES);
    this.labelsTopic = connection.topics().of(Topic.LABELS);
    this.studies = RecordSerde.of(Study.class, connection).serializer();
    this.labels = RecordSerde.of(LabelledStudy.class, connection).serializer();
  }

  ProducerRecord<String, byte[]> study(Study study) {
    byte[] value;
    synchronized (studies) {
      value = studies.serialize(studiesTopic, study);
    }
    return new ProducerRecord<>(studiesTopic, study.getStudyId(), value);
  }

  ProducerRecord<String, byte[]> labels(LabelledStudy known) {
    byte[] value;
    synchronized (labels) {
      value = labels.serialize(labelsTopic, known);
    }
    return new ProducerRecord<>(labelsTopic, known.getId(), value);
  }

  @Override
  public void close() {
    studies.close();
    labels.close();
  }
}
