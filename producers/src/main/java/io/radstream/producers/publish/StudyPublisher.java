package io.radstream.producers.publish;

import io.radstream.radiology.image.ImageDecoder;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.log.KafkaClients;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;

/**
 * Publishes parts of studies, one record each, keyed by study id, and where the source knows of a
 * study's findings, its labels under the same key. Publishing a source again gives the same records
 * again, byte for byte. Where the cluster is slower than the source, the producer's full buffer
 * makes the source wait.
 */
public final class StudyPublisher implements AutoCloseable {

  /** Longest side of published views, in pixels, unless asked otherwise. */
  public static final int DEFAULT_VIEW_SIZE = 512;

  private static final double NANOS = 1e9;

  private final Producer<String, byte[]> producer;
  private final RecordEncoder encoder;
  private final StudyAssembler assembler;
  private final List<PartStep> steps;
  private final InstantSource clock;

  StudyPublisher(
      Producer<String, byte[]> producer,
      KafkaConnection connection,
      Pseudonymizer pseudonymizer,
      int viewSize,
      List<PartStep> steps,
      InstantSource clock) {
    this.producer = producer;
    this.encoder = new RecordEncoder(connection);
    this.assembler =
        new StudyAssembler(pseudonymizer, new ViewNormaliser(viewSize, new ImageDecoder()));
    this.steps = List.copyOf(steps);
    this.clock = clock;
  }

  /**
   * @param viewSize longest side of published views, in pixels, at least 32
   * @param steps that every part goes through, in their order
   * @param clock for the summary's seconds only
   */
  public static StudyPublisher open(
      KafkaConnection connection,
      Pseudonymizer pseudonymizer,
      int viewSize,
      List<PartStep> steps,
      InstantSource clock) {
    Producer<String, byte[]> producer = KafkaClients.of(connection).producer();
    return new StudyPublisher(producer, connection, pseudonymizer, viewSize, steps, clock);
  }

  /**
   * Takes all that the source delivers and returns when every part is acknowledged, refused or has
   * failed. A source that is read stops early only where the cluster itself fails.
   *
   * @throws java.io.UncheckedIOException where the source cannot be read
   * @throws org.apache.kafka.common.errors.SerializationException where the schema registry does
   *     not take the schema
   */
  public PublishSummary publish(StudySource source, PublishProgress progress) {
    Instant start = clock.instant();
    Publication publication =
        new Publication(source.name(), steps, assembler, encoder, producer, progress);
    try {
      source.deliver(publication);
    } finally {
      producer.flush();
    }
    return publication.summary(Duration.between(start, clock.instant()).toNanos() / NANOS);
  }

  @Override
  public void close() {
    producer.close();
    encoder.close();
  }
}
