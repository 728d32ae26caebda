package io.radstream.streams;

import io.radstream.radiology.CounterRandom;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.RejectedStudy;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Sends tuples and rejections to their topics, which are sinks of the same names. */
final class StageOutputs {

  private final ProcessorContext<byte[], byte[]> context;
  private final KafkaConnection connection;
  private final StageConfig config;
  private final StageCounters counters;
  private final Serializer<StudyTuple> tuples;
  private final Serializer<RejectedStudy> rejections;

  StageOutputs(
      ProcessorContext<byte[], byte[]> context,
      KafkaConnection connection,
      StageConfig config,
      StageCounters counters) {
    this.context = context;
    this.connection = connection;
    this.config = config;
    this.counters = counters;
    this.tuples = RecordSerde.of(StudyTuple.class, connection).serializer();
    this.rejections = RecordSerde.of(RejectedStudy.class, connection).serializer();
  }

  /**
   * Routes by patient, so that no patient is on both sides.
   *
   * @return false where the tuple is too large to be sent
   */
  boolean tuple(byte[] key, StudyTuple tuple, long time) {
    boolean validation =
        CounterRandom.of(config.seed(), "split/" + tuple.getPatientId()).nextDouble()
            < config.validationShare();
    Topic topic = validation ? Topic.TUPLES_VALIDATION : Topic.TUPLES_TRAIN;
    byte[] value = tuples.serialize(name(topic), tuple);
    if (!StudyRecord.fits(value)) {
      return false;
    }
    context.forward(new Record<>(key, value, time), name(topic));
    counters.tuple();
    return true;
  }

  /** The record's own bytes go along where they fit. */
  void rejection(StudyRecord record, Refusal refusal, long time) {
    byte[] original = StudyRecord.fits(record.value()) ? record.value() : null;
    RejectedStudy rejected =
        RejectedStudy.newBuilder()
            .setStudyId(record.hasKey() ? record.studyId() : null)
            .setReason(refusal.reason())
            .setMessage(refusal.message())
            .setOriginal(original == null ? null : ByteBuffer.wrap(original))
            .setTopic(record.origin().getTopic())
            .setPartition(record.origin().getPartition())
            .setOffset(record.origin().getOffset())
            .build();
    String topic = name(Topic.STUDIES_REJECTED);
    byte[] key = record.hasKey() ? record.key() : null;
    context.forward(new Record<>(key, rejections.serialize(topic, rejected), time), topic);
    counters.rejection();
  }

  void close() {
    tuples.close();
    rejections.close();
  }

  private String name(Topic topic) {
    return connection.topics().of(topic);
  }
}
