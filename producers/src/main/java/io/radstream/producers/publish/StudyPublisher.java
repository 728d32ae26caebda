package io.radstream.producers.publish;

import io.radstream.radiology.image.ImageDecoder;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Study;
import io.radstream.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes studies, one record each, keyed by study id, and where the source knows of a study's
 * findings, its labels under the same key. Publishing a source again gives the same records again,
 * byte for byte. Where the cluster is slower than the source, the producer's full buffer makes the
 * source wait.
 */
public final class StudyPublisher implements AutoCloseable {

  /** Longest side of published views, in pixels, unless asked otherwise. */
  public static final int DEFAULT_VIEW_SIZE = 512;

  /** What the producer adds to a value: key, headers, batch framing. */
  private static final int FRAMING_BYTES = 1024;

  private final String topic;
  private final String labelsTopic;
  private final Producer<String, byte[]> producer;
  private final Serializer<Study> serializer;
  private final Serializer<LabelledStudy> labelsSerializer;
  private final StudyAssembler assembler;
  private final InstantSource clock;

  StudyPublisher(
      Producer<String, byte[]> producer,
      KafkaConnection connection,
      Pseudonymizer pseudonymizer,
      int viewSize,
      InstantSource clock) {
    this.topic = connection.topics().of(Topic.STUDIES);
    this.labelsTopic = connection.topics().of(Topic.LABELS);
    this.producer = producer;
    this.serializer = RecordSerde.of(Study.class, connection).serializer();
    this.labelsSerializer = RecordSerde.of(LabelledStudy.class, connection).serializer();
    this.assembler =
        new StudyAssembler(pseudonymizer, new ViewNormaliser(viewSize, new ImageDecoder()));
    this.clock = clock;
  }

  /**
   * @param viewSize longest side of published views, in pixels, at least 32
   * @param clock for the summary's seconds only
   */
  public static StudyPublisher open(
      KafkaConnection connection, Pseudonymizer pseudonymizer, int viewSize, InstantSource clock) {
    Producer<String, byte[]> producer =
        new KafkaProducer<>(
            connection.producerConfig(), new StringSerializer(), new ByteArraySerializer());
    return new StudyPublisher(producer, connection, pseudonymizer, viewSize, clock);
  }

  /**
   * Reads the whole source and returns when every study is acknowledged, refused or has failed. It
   * stops early only where the cluster itself fails.
   *
   * @throws java.io.UncheckedIOException where the source cannot be read
   * @throws org.apache.kafka.common.errors.SerializationException where the schema registry does
   *     not take the schema
   */
  public PublishSummary publish(StudySource source, PublishProgress progress) {
    Instant start = clock.instant();
    Deliveries studies = new Deliveries();
    Deliveries labels = new Deliveries();
    Refusals refusals = new Refusals();
    boolean complete = true;
    try (Stream<SourceItem> items = source.items()) {
      Iterator<SourceItem> remaining = items.iterator();
      for (long handled = 1; complete && remaining.hasNext(); handled++) {
        handle(source.name(), remaining.next(), studies, labels, refusals);
        progress.advanced(handled);
        complete = !(studies.hopeless() || labels.hopeless()) || !remaining.hasNext();
      }
    } finally {
      producer.flush();
    }
    return new PublishSummary(
        source.name(),
        studies.sent(),
        labels.sent(),
        labels.failed(),
        refusals.counts(),
        studies.failed(),
        studies.bytes(),
        Duration.between(start, clock.instant()).toNanos() / 1e9,
        complete,
        refusals.examples(),
        Stream.concat(studies.failures().stream(), labels.failures().stream()).distinct().toList());
  }

  private void handle(
      String source, SourceItem item, Deliveries studies, Deliveries labels, Refusals refusals) {
    if (item instanceof SourceItem.Refused refused) {
      refusals.add(refused.number(), refused.reason(), refused.explanation());
      return;
    }
    RawStudy raw = ((SourceItem.Found) item).study();
    try {
      Study study = assembler.assemble(source, raw);
      send(topic, study.getStudyId(), encode(study), studies);
      assembler
          .labels(source, raw)
          .ifPresent(
              known -> {
                byte[] value = labelsSerializer.serialize(labelsTopic, known);
                send(labelsTopic, known.getId(), value, labels);
              });
    } catch (RefusedStudyException e) {
      refusals.add(item.number(), e.reason(), e.getMessage());
    }
  }

  private void send(String to, String key, byte[] value, Deliveries deliveries) {
    // The outcome comes by the callback; waiting for the future would end all pipelining.
    Future<RecordMetadata> unused =
        producer.send(new ProducerRecord<>(to, key, value), deliveries.expect(value.length));
  }

  private byte[] encode(Study study) throws RefusedStudyException {
    byte[] value = serializer.serialize(topic, study);
    int limit = Topic.MAX_RECORD_BYTES - FRAMING_BYTES;
    if (value.length > limit) {
      throw new RefusedStudyException(
          RejectionReason.OVERSIZED,
          "the record has %d bytes; at most %d are sent; a smaller view size helps"
              .formatted(value.length, limit));
    }
    return value;
  }

  @Override
  public void close() {
    producer.close();
    serializer.close();
    labelsSerializer.close();
  }
}
