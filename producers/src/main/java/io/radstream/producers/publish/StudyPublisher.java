package io.radstream.producers.publish;

import io.radstream.radiology.image.ImageDecoder;
import io.radstream.schemas.KafkaConnection;
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
 * Publishes studies, one record each, keyed by study id. Publishing a source again gives the same
 * records again, byte for byte. Where the cluster is slower than the source, the producer's full
 * buffer makes the source wait.
 */
public final class StudyPublisher implements AutoCloseable {

  /** Longest side of published views, in pixels, unless asked otherwise. */
  public static final int DEFAULT_VIEW_SIZE = 512;

  /** What the producer adds to a value: key, headers, batch framing. */
  private static final int FRAMING_BYTES = 1024;

  private final String topic;
  private final Producer<String, byte[]> producer;
  private final Serializer<Study> serializer;
  private final StudyAssembler assembler;
  private final InstantSource clock;

  StudyPublisher(
      Producer<String, byte[]> producer,
      KafkaConnection connection,
      Pseudonymizer pseudonymizer,
      int viewSize,
      InstantSource clock) {
    this.topic = connection.topics().of(Topic.STUDIES);
    this.producer = producer;
    this.serializer = RecordSerde.of(Study.class, connection).serializer();
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
    Deliveries deliveries = new Deliveries();
    Refusals refusals = new Refusals();
    boolean complete = true;
    try (Stream<SourceItem> items = source.items()) {
      Iterator<SourceItem> remaining = items.iterator();
      for (long handled = 1; complete && remaining.hasNext(); handled++) {
        handle(source, remaining.next(), deliveries, refusals);
        progress.advanced(handled);
        complete = !deliveries.hopeless() || !remaining.hasNext();
      }
    } finally {
      producer.flush();
    }
    return new PublishSummary(
        source.name(),
        deliveries.sent(),
        refusals.counts(),
        deliveries.failed(),
        deliveries.bytes(),
        Duration.between(start, clock.instant()).toNanos() / 1e9,
        complete,
        refusals.examples(),
        deliveries.failures());
  }

  private void handle(
      StudySource source, SourceItem item, Deliveries deliveries, Refusals refusals) {
    if (item instanceof SourceItem.Refused refused) {
      refusals.add(refused.number(), refused.reason(), refused.explanation());
      return;
    }
    RawStudy raw = ((SourceItem.Found) item).study();
    try {
      Study study = assembler.assemble(source.name(), raw);
      byte[] value = encode(study);
      // The outcome comes by the callback; waiting for the future would end all pipelining.
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(topic, study.getStudyId(), value),
              deliveries.expect(value.length));
    } catch (RefusedStudyException e) {
      refusals.add(item.number(), e.reason(), e.getMessage());
    }
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
  }
}
