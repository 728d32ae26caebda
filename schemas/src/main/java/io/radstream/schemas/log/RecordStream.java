package io.radstream.schemas.log;

import io.opentelemetry.api.trace.SpanContext;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.trace.TraceHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of a topic from its first one on, or the last of those that are there, and how many
 * of them have been dealt with; goes on there with another client. For one thread.
 */
final class RecordStream<T extends SpecificRecord> {

  /**
   * @param origins spans that the records were published in, one for each
   * @param atEnd whether everything has been read that was there when the client was new
   * @param next offsets behind them
   */
  record Read<T>(
      List<T> records,
      List<SpanContext> origins,
      List<UnreadableRecord> unreadable,
      boolean atEnd,
      Map<TopicPartition, Long> next) {}

  private static final Logger LOG = LoggerFactory.getLogger(RecordStream.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final String topic;
  private final RecordReader<T> reader;
  private final Patience patience;
  private final long most;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private Map<TopicPartition, Long> ends = Map.of();

  /**
   * @param most records of those that are there at first, the same number of each partition
   */
  RecordStream(String topic, RecordReader<T> reader, Patience patience, long most) {
    this.topic = topic;
    this.reader = reader;
    this.patience = patience;
    this.most = most;
  }

  /** Goes on with this client, behind what was dealt with. */
  void open(TopicConsumer log) {
    List<TopicPartition> partitions = partitions(log);
    log.assign(partitions);
    ends = log.ends(partitions);
    log.begins(partitions).forEach((at, begin) -> log.seek(at, start(at, begin)));
  }

  private long start(TopicPartition at, long begin) {
    long share = Math.max(1, most / ends.size());
    return positions.getOrDefault(at, Math.max(begin, ends.get(at) - share));
  }

  /** Waits for the topic to exist: the service may well start before anything is published. */
  private List<TopicPartition> partitions(TopicConsumer log) {
    Patience.Wait wait = patience.begin();
    List<TopicPartition> found = log.partitionsIfAny();
    while (found.isEmpty()) {
      if (wait.pause()) {
        LOG.atWarn()
            .addKeyValue("topic", topic)
            .addKeyValue("seconds", wait.seconds())
            .log(
                "waiting for the topic, which does not exist; {}",
                TopicNames.with(topic).creation());
      }
      found = log.partitionsIfAny();
    }
    return found;
  }

  /** What comes within a moment. */
  Read<T> read(TopicConsumer log) {
    List<T> records = new ArrayList<>();
    List<SpanContext> origins = new ArrayList<>();
    List<UnreadableRecord> unreadable = new ArrayList<>();
    Map<TopicPartition, Long> next = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> message : log.poll(POLL)) {
      Optional<T> record = decode(log, message);
      if (record.isPresent()) {
        records.add(record.get());
        origins.add(TraceHeader.read(message.headers()));
      } else {
        unreadable.add(UnreadableRecord.of(message));
      }
      next.put(new TopicPartition(topic, message.partition()), message.offset() + 1);
    }
    boolean atEnd =
        ends.entrySet().stream().allMatch(end -> log.position(end.getKey()) >= end.getValue());
    return new Read<>(records, origins, unreadable, atEnd, next);
  }

  private Optional<T> decode(TopicConsumer log, ConsumerRecord<byte[], byte[]> message) {
    Decoded<T> decoded = log.decode(() -> reader.read(topic, message.value()));
    if (decoded instanceof Decoded.Invalid<T> invalid) {
      LOG.atWarn()
          .addKeyValue("topic", topic)
          .addKeyValue("partition", message.partition())
          .addKeyValue("offset", message.offset())
          .addKeyValue("reason", invalid.reason())
          .log("skipped a record: {}", invalid.message());
      return Optional.empty();
    }
    return Optional.of(((Decoded.Valid<T>) decoded).value());
  }

  /** Does not give these again. */
  void dealtWith(Read<T> read) {
    positions.putAll(read.next());
  }
}
