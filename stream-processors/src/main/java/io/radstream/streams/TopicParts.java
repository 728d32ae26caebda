package io.radstream.streams;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.Patience;
import io.radstream.schemas.log.TopicConsumer;
import io.radstream.schemas.log.UnreadableTopicException;
import io.radstream.schemas.trace.TraceHeader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Records of one partition, read by a consumer of its own, which is opened when it is needed first.
 * Where the broker does not answer for as long as patience lasts, the stage's way of waiting out an
 * outage takes over.
 */
final class TopicParts implements PartSource {

  private static final Duration POLL = Duration.ofSeconds(1);

  /** So much comes along with one record; more would mostly be read in vain. */
  private static final String FETCH_BYTES = Integer.toString(1024 * 1024);

  private final TopicPartition partition;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Patience patience;
  private Optional<TopicConsumer> log = Optional.empty();

  /** Before this offset, and from where it was looked for, there is no record. */
  private long nothingFrom;

  private long nothingBefore;

  TopicParts(
      TopicPartition partition, Supplier<Consumer<byte[], byte[]>> consumers, Patience patience) {
    this.partition = partition;
    this.consumers = consumers;
    this.patience = patience;
  }

  static TopicParts of(KafkaConnection connection, int partition) {
    Map<String, String> properties = new HashMap<>(connection.properties());
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1");
    KafkaConnection one =
        new KafkaConnection(
            connection.bootstrap(), connection.registry(), connection.topics(), properties);
    return new TopicParts(
        new TopicPartition(connection.topics().of(Topic.STUDIES), partition),
        KafkaClients.of(one)::consumer,
        Patience.limited());
  }

  @Override
  public Optional<PartRecord> read(long offset) {
    try {
      return find(offset);
    } catch (UnreadableTopicException e) {
      if (isGone(offset)) {
        return Optional.empty();
      }
      throw e.getCause() == null ? new TimeoutException(e.getMessage(), e) : e;
    }
  }

  private Optional<PartRecord> find(long offset) {
    TopicConsumer from = log();
    // The next one is often wanted next, and has come already.
    if (from.position(partition) != offset) {
      from.seek(partition, offset);
    }
    from.beginWaiting();
    while (from.position(partition) <= offset) {
      for (ConsumerRecord<byte[], byte[]> record : from.await(POLL)) {
        if (record.offset() >= offset) {
          return record.offset() == offset ? part(record) : Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<PartRecord> part(ConsumerRecord<byte[], byte[]> record) {
    return Optional.ofNullable(record.value())
        .map(value -> new PartRecord(value, TraceHeader.read(record.headers())));
  }

  /** Of the same place this is asked again and again while nothing comes. */
  @Override
  public boolean hasMore(long offset) {
    TopicConsumer from = log();
    long end = from.ends(List.of(partition)).get(partition);
    boolean known = nothingFrom <= offset + 1 && offset + 1 <= nothingBefore;
    long begin = known ? nothingBefore : offset + 1;
    if (begin < end) {
      from.seek(partition, begin);
      from.beginWaiting();
      // Marks of transactions take offsets, too, and are no records.
      while (from.position(partition) < end) {
        if (!from.await(POLL).isEmpty()) {
          return true;
        }
      }
      nothingFrom = known ? nothingFrom : begin;
      nothingBefore = end;
    }
    return false;
  }

  private TopicConsumer log() {
    if (log.isEmpty()) {
      TopicConsumer opened = new TopicConsumer(consumers.get(), partition.topic(), patience);
      opened.assign(List.of(partition));
      opened.seek(partition, 0);
      log = Optional.of(opened);
    }
    return log.get();
  }

  private boolean isGone(long offset) {
    return log().begins(List.of(partition)).get(partition) > offset;
  }

  @Override
  public void close() {
    log.ifPresent(TopicConsumer::close);
  }
}
