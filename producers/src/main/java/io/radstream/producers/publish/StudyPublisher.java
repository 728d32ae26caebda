package io.radstream.producers.publish;

import io.radstream.producers.publish.Pseudonymizer.Space;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.SourceMark;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.trace.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;

/**
 * Publishes parts of studies, one record each, keyed by study id, and where the source knows of a
 * study's findings, its labels under the same key. Publishing a source again gives the same records
 * again, byte for byte. Where the cluster is slower than the source, the source waits.
 *
 * <p>A publisher with a name remembers what its sources want remembered, over restarts, and sends
 * that in one transaction with the parts; one process at a time can have a name.
 */
public final class StudyPublisher implements AutoCloseable {

  /** Longest side of published views, in pixels, unless asked otherwise. */
  public static final int DEFAULT_VIEW_SIZE = 512;

  private static final double NANOS = 1e9;

  /**
   * What is published, and how.
   *
   * @param viewSize longest side of published views, in pixels, at least 32
   * @param steps that every part goes through, in their order
   * @param originals where pictures go at full resolution; empty where nobody wants them
   * @param tracing tells of each record of a study
   */
  public record Manner(
      Pseudonymizer pseudonymizer,
      int viewSize,
      List<PartStep> steps,
      Optional<Originals> originals,
      Tracing tracing) {

    public Manner {
      steps = List.copyOf(steps);
    }

    /** The same without originals and spans. */
    public Manner(Pseudonymizer pseudonymizer, int viewSize, List<PartStep> steps) {
      this(pseudonymizer, viewSize, steps, Optional.empty(), Tracing.off());
    }

    StudyAssembler assembler() {
      return new StudyAssembler(
          pseudonymizer, new ViewNormaliser(viewSize, new ImageDecoder(), originals));
    }
  }

  private final Manner manner;
  private final String name;
  private final String studies;
  private final RecordEncoder encoder;
  private final Counts counts;
  private final Outlet outlet;
  private final Workers workers;
  private final InstantSource clock;

  private StudyPublisher(
      KafkaConnection connection,
      Manner manner,
      String name,
      RecordEncoder encoder,
      Counts counts,
      Outlet outlet,
      Workers workers,
      InstantSource clock) {
    this.manner = manner;
    this.name = name;
    this.studies = connection.topics().of(Topic.STUDIES);
    this.encoder = encoder;
    this.counts = counts;
    this.outlet = outlet;
    this.workers = workers;
    this.clock = clock;
  }

  /**
   * Without a name: nothing is remembered.
   *
   * @param clock for the summary's seconds only
   */
  public static StudyPublisher open(
      KafkaConnection connection, Manner manner, InstantSource clock) {
    Producer<String, byte[]> producer = KafkaClients.of(connection).producer();
    return over(producer, connection, manner, cores(), clock);
  }

  static StudyPublisher over(
      Producer<String, byte[]> producer,
      KafkaConnection connection,
      Manner manner,
      Workers workers,
      InstantSource clock) {
    manner.assembler(); // what is wrong with the manner is told before anything is opened
    Counts counts = new Counts();
    return new StudyPublisher(
        connection,
        manner,
        "",
        new RecordEncoder(connection),
        counts,
        new StreamingOutlet(producer, counts),
        workers,
        clock);
  }

  /**
   * Takes the name over from an earlier process, which can send nothing from then on, and reads
   * what was remembered under it.
   *
   * @param name of the publishing process: letters, digits, dots, dashes and underscores
   * @throws org.apache.kafka.common.KafkaException where the cluster does not answer or allow it
   */
  public static StudyPublisher named(
      String name, KafkaConnection connection, Manner manner, InstantSource clock) {
    return named(name, KafkaClients.of(connection), connection, manner, cores(), clock);
  }

  static StudyPublisher named(
      String name,
      KafkaClients clients,
      KafkaConnection connection,
      Manner manner,
      Workers workers,
      InstantSource clock) {
    RecordEncoder encoder = new RecordEncoder(connection);
    Counts counts = new Counts();
    String process = UUID.randomUUID().toString();
    String ownerKey = name + "/" + manner.pseudonymizer().pseudonym(Space.MARK, "\0owner");
    Ownership ownership =
        new Ownership(
            connection.topics().prefix() + "radstream-publish-" + name,
            ownerKey,
            process,
            encoder.mark(ownerKey, new SourceMark(name, process)));
    Memory memory = new Memory(clients, connection, name);
    ClaimedProducer producer = new ClaimedProducer(clients, ownership, memory, clock);
    Outlet outlet = new CommittingOutlet(producer, memory, counts);
    return new StudyPublisher(connection, manner, name, encoder, counts, outlet, workers, clock);
  }

  private static Workers cores() {
    return Workers.threads(Runtime.getRuntime().availableProcessors());
  }

  /**
   * Takes all that the source delivers and returns when every part is acknowledged, refused or has
   * failed. A source that is read stops early only where the cluster itself fails.
   *
   * @throws java.io.UncheckedIOException where the source cannot be read
   */
  public PublishSummary publish(StudySource source, PublishProgress progress) {
    Instant start = clock.instant();
    Preparation preparation =
        new Preparation(
            source.name(),
            name,
            manner.steps(),
            manner.assembler(),
            encoder,
            () -> outlet.partitions(studies),
            new PublicationSpans(manner.tracing()));
    Publication publication = new Publication(preparation, outlet, counts, workers, progress);
    if (source instanceof ListeningSource listening) {
      outlet.whenLost(
          () -> {
            publication.cutShort();
            listening.close();
          });
    }
    try {
      source.deliver(new WatchedSink(publication, progress));
    } finally {
      publication.finish();
    }
    double seconds = Duration.between(start, clock.instant()).toNanos() / NANOS;
    return PublishSummary.of(
        source.name(), counts, publication.refusals(), seconds, publication.isComplete());
  }

  /**
   * From now on the cluster is waited for no longer than this: what it has not acknowledged by then
   * is told as failed, and so is all that comes after. A store of pictures that is away is waited
   * for no more at all. Returns at once; may be called from any thread.
   */
  public void endWithin(Duration most) {
    manner.originals().ifPresent(Originals::end);
    outlet.endWithin(most);
  }

  @Override
  public void close() {
    workers.close();
    outlet.close();
    encoder.close();
  }
}
