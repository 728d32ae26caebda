package io.radstream.streams;

import io.opentelemetry.api.trace.SpanContext;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.RejectedStudy;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.ViewedStudy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Sends tuples and rejections to their topics, which are sinks of the same names. */
final class StageOutputs {

  private final ProcessorContext<byte[], byte[]> context;
  private final KafkaConnection connection;
  private final StageCounters counters;
  private final StageSpans spans;
  private final Serializer<StudyTuple> tuples;
  private final Serializer<RejectedStudy> rejections;
  private final Serializer<ViewedStudy> views;

  StageOutputs(
      ProcessorContext<byte[], byte[]> context,
      KafkaConnection connection,
      StageCounters counters,
      StageSpans spans) {
    this.context = context;
    this.spans = spans;
    this.connection = connection;
    this.counters = counters;
    this.tuples = RecordSerde.of(StudyTuple.class, connection).serializer();
    this.rejections = RecordSerde.of(RejectedStudy.class, connection).serializer();
    this.views = RecordSerde.of(ViewedStudy.class, connection).serializer();
  }

  /**
   * A tuple as it is sent; empty where it is too large for that.
   *
   * @param topic of its side
   */
  Optional<byte[]> encoded(Topic topic, StudyTuple tuple) {
    return Optional.of(tuples.serialize(name(topic), tuple)).filter(StudyRecord::fits);
  }

  /**
   * @param publications spans that its parts were published in
   */
  void tuple(Topic topic, byte[] key, byte[] value, long time, List<SpanContext> publications) {
    String name = name(topic);
    Record<byte[], byte[]> sent = new Record<>(key, value, time);
    context.forward(spans.tuple(name, sent, publications), name);
    counters.tuple();
  }

  /**
   * Views too large for one record are not sent: the study is rejected for it when it is decided.
   */
  void views(byte[] key, ViewedStudy study, List<SpanContext> publications) {
    String topic = name(Topic.STUDIES_VIEWS);
    byte[] value = views.serialize(topic, study);
    if (StudyRecord.fits(value)) {
      Record<byte[], byte[]> sent = new Record<>(key, value, study.getArrivedAt().toEpochMilli());
      context.forward(spans.tuple(topic, sent, publications), topic);
    }
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
    Record<byte[], byte[]> sent = new Record<>(key, rejections.serialize(topic, rejected), time);
    context.forward(spans.rejection(topic, sent, record, refusal.reason()), topic);
    counters.rejection();
  }

  /** A part that has waited until its deadline. */
  void givenUp(StudyRecord record, Refusal refusal, long time) {
    rejection(record, refusal, time);
    counters.givenUp();
  }

  void close() {
    tuples.close();
    rejections.close();
    views.close();
  }

  private String name(Topic topic) {
    return connection.topics().of(topic);
  }
}
