package io.radstream.trainer.checkpoint;

import io.opentelemetry.api.trace.SpanContext;
import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointState;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import io.radstream.schemas.log.UnreadableTopicException;
import io.radstream.schemas.trace.TraceHeader;
import io.radstream.trainer.tuples.SourceRange;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the world of complete checkpoints. Not thread-safe. */
public final class CheckpointAnnouncer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointAnnouncer.class);

  private final KafkaClients clients;
  private final Producer<String, byte[]> producer;
  private final RecordSerde<CheckpointPublished> serde;
  private final RecordReader<CheckpointPublished> reader;
  private final TopicNames topics;
  private final Function<Checkpoint, URI> addresses;
  private final Set<String> told = new HashSet<>();

  /** Of checkpoints that others find in their directories. */
  public CheckpointAnnouncer(KafkaClients clients, KafkaConnection connection) {
    this(clients, connection, checkpoint -> checkpoint.directory().toUri());
  }

  /**
   * @param addresses where others find a checkpoint
   */
  public CheckpointAnnouncer(
      KafkaClients clients, KafkaConnection connection, Function<Checkpoint, URI> addresses) {
    this.addresses = addresses;
    this.clients = clients;
    this.producer = clients.producer();
    this.serde = RecordSerde.of(CheckpointPublished.class, connection);
    this.reader = new RecordReader<>(CheckpointPublished.class, connection);
    this.topics = connection.topics();
  }

  /**
   * Announces those checkpoints that the topic does not know: a process killed after the rename
   * could not, or the broker was away. One that cannot be read is passed over, and the log tells of
   * it once.
   *
   * @param checkpoints of one line, oldest first
   * @return how many were announced
   * @throws IOException where the broker refused one or stayed away, or does not tell what the
   *     topic knows
   */
  public int announceMissing(List<Checkpoint> checkpoints)
      throws IOException, InterruptedException {
    if (checkpoints.isEmpty()) {
      return 0;
    }
    Set<String> known = announced();
    int count = 0;
    for (Checkpoint checkpoint : checkpoints) {
      if (!known.contains(identity(checkpoint.id(), checkpoint.state().files()))) {
        Optional<CheckpointPublished> record = readable(checkpoint);
        if (record.isPresent()) {
          // By another process, or so long ago that its span is no longer known.
          send(checkpoint, record.get(), SpanContext.getInvalid());
          count++;
        }
      }
    }
    return count;
  }

  /**
   * Returns once the broker has the announcement.
   *
   * @param origin span that the checkpoint was written in, which the announcement carries; invalid
   *     for none
   * @throws IOException where it refused it or stayed away
   */
  public void announce(Checkpoint checkpoint, SpanContext origin)
      throws IOException, InterruptedException {
    send(checkpoint, record(checkpoint), origin);
  }

  private Optional<CheckpointPublished> readable(Checkpoint checkpoint) {
    try {
      return Optional.of(record(checkpoint));
    } catch (IOException e) {
      if (told.add(checkpoint.id())) {
        LOG.warn("checkpoint {} is not announced: {}", checkpoint.id(), e.toString());
      }
      return Optional.empty();
    }
  }

  private void send(Checkpoint checkpoint, CheckpointPublished record, SpanContext origin)
      throws IOException, InterruptedException {
    String topic = topics.of(Topic.CHECKPOINTS);
    try {
      byte[] value = serde.serializer().serialize(topic, record);
      ProducerRecord<String, byte[]> sent =
          new ProducerRecord<>(topic, checkpoint.state().line(), value);
      TraceHeader.write(sent.headers(), origin);
      producer.send(sent).get();
    } catch (ExecutionException e) {
      throw failed(checkpoint, e.getCause());
    } catch (KafkaException e) {
      throw failed(checkpoint, e);
    }
  }

  private static IOException failed(Checkpoint checkpoint, Throwable cause) {
    return new IOException(
        "cannot announce checkpoint %s: %s".formatted(checkpoint.id(), cause.getMessage()), cause);
  }

  private Set<String> announced() throws IOException {
    String topic = topics.of(Topic.CHECKPOINTS);
    try {
      return announced(topic);
    } catch (KafkaException | UnreadableTopicException e) {
      throw new IOException("cannot tell which checkpoints were announced: " + e.getMessage(), e);
    }
  }

  private Set<String> announced(String topic) {
    Set<String> ids = new HashSet<>();
    try (TopicScan scan = new TopicScan(clients.consumer(), topic)) {
      scan.toEnd(
          record -> {
            if (reader.read(topic, record.value())
                instanceof Decoded.Valid<CheckpointPublished> valid) {
              CheckpointPublished known = valid.value();
              ids.add(identity(known.getCheckpointId(), known.getFiles()));
            }
          });
    }
    return ids;
  }

  /** The weights count: a line of the same name may have been begun anew in an empty store. */
  private static String identity(String id, Map<String, String> files) {
    return id + " " + files.get(Checkpoint.MODEL);
  }

  private CheckpointPublished record(Checkpoint checkpoint) throws IOException {
    CheckpointState state = checkpoint.state();
    RunPlace place = RunPlace.of(checkpoint);
    return CheckpointPublished.newBuilder()
        .setCheckpointId(checkpoint.id())
        .setLine(state.line())
        .setRunId(state.runId())
        .setUri(addresses.apply(checkpoint).toString())
        .setFiles(checkpoint.checksums())
        .setStep(state.step())
        .setPositions(
            learned(place)
                .map(
                    range ->
                        new RecordRef(
                            range.topic(), range.range().partition(), range.range().end()))
                .toList())
        .setBegins(learned(place).map(range -> range.range().begin()).toList())
        .setMetrics(state.metrics())
        .setConfig(checkpoint.configuration())
        .setTokenizer(state.tokenizer())
        .setParent(state.parent())
        .setLedger(
            new RecordRef(
                topics.of(Topic.TRAINING_LEDGER),
                place.ledger().partition(),
                place.ledger().offset()))
        .setTime(Instant.parse(state.time()))
        .build();
  }

  private static Stream<SourceRange> learned(RunPlace place) {
    return place.ranges().stream()
        .filter(range -> range.topic().endsWith(Topic.TUPLES_TRAIN.suffix()));
  }

  @Override
  public void close() {
    producer.close();
  }
}
