package io.radstream.cli.topics;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.Patience;
import io.radstream.schemas.log.TopicConsumer;
import io.radstream.schemas.log.TopicScan;
import io.radstream.schemas.log.UnreadableTopicException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Finds records of a topic; only what was committed. */
public final class RecordSearch {

  /** How far behind the end the newest records are looked for at first. */
  private static final long FIRST_WINDOW = 32;

  private static final Comparator<ConsumerRecord<byte[], byte[]>> BY_TIME =
      Comparator.comparingLong(ConsumerRecord<byte[], byte[]>::timestamp)
          .thenComparingInt(ConsumerRecord::partition)
          .thenComparingLong(ConsumerRecord::offset);

  private final KafkaConnection connection;
  private final Topic topic;
  private final String name;

  public RecordSearch(KafkaConnection connection, Topic topic) {
    this.connection = connection;
    this.topic = topic;
    this.name = connection.topics().of(topic);
  }

  /**
   * The record there; empty for the mark of a transaction, or one that was aborted.
   *
   * @throws UnreadableTopicException where the topic has no such partition, or no such offset
   */
  public Optional<FoundRecord> at(int partition, long offset) {
    requireThere(partition, offset);
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = consumer();
        TopicScan scan = new TopicScan(consumer, name)) {
      scan.over(List.of(new OffsetRange(partition, offset, offset + 1)), found::add);
    }
    return found.stream().findFirst().map(this::found);
  }

  /** A broker that is asked for a partition that it does not have just does not answer. */
  private void requireThere(int partition, long offset) {
    TopicPartition at = new TopicPartition(name, partition);
    try (Consumer<byte[], byte[]> consumer = consumer();
        TopicConsumer log = new TopicConsumer(consumer, name, Patience.limited())) {
      List<TopicPartition> partitions = log.partitions();
      if (!partitions.contains(at)) {
        throw new UnreadableTopicException(
            "topic %s has %d partitions, numbered from 0: there is no partition %d"
                .formatted(name, partitions.size(), partition));
      }
      long begin = log.begins(List.of(at)).get(at);
      long end = log.ends(List.of(at)).get(at);
      if (offset < begin || offset >= end) {
        throw new UnreadableTopicException(noOffset(at, offset, begin, end));
      }
    }
  }

  private static String noOffset(TopicPartition at, long offset, long begin, long end) {
    String held =
        begin == end ? "holds no record" : "holds the offsets %d to %d".formatted(begin, end - 1);
    return "partition %d of topic %s %s: there is no offset %d"
        .formatted(at.partition(), at.topic(), held, offset);
  }

  /** The newest record of a key; reads the whole topic. */
  public Optional<FoundRecord> newestOf(String key) {
    List<FoundRecord> all = allOf(key);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** All records of a key, by their time; reads the whole topic. */
  public List<FoundRecord> allOf(String key) {
    byte[] wanted = key.getBytes(StandardCharsets.UTF_8);
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = consumer();
        TopicScan scan = new TopicScan(consumer, name)) {
      scan.toEnd(
          record -> {
            if (Arrays.equals(record.key(), wanted)) {
              all.add(record);
            }
          });
    }
    return all.stream().sorted(BY_TIME).map(this::found).toList();
  }

  /**
   * The newest records, by their time, the newest last.
   *
   * @param count at most so many
   */
  public List<FoundRecord> newest(int count) {
    for (long window = Math.max(FIRST_WINDOW, 2L * count); true; window *= 8) {
      Map<Integer, Long> begins = behindTheEnds(window);
      Map<Integer, List<ConsumerRecord<byte[], byte[]>>> read = read(begins, count);
      long found = read.values().stream().mapToLong(List::size).sum();
      if (found >= count || begins.values().stream().allMatch(begin -> begin == 0)) {
        return read.values().stream()
            .flatMap(List::stream)
            .sorted(BY_TIME)
            .skip(Math.max(0, found - count))
            .map(this::found)
            .toList();
      }
    }
  }

  /** The last {@code count} records of each partition from these offsets on. */
  private Map<Integer, List<ConsumerRecord<byte[], byte[]>>> read(
      Map<Integer, Long> begins, int count) {
    Map<Integer, List<ConsumerRecord<byte[], byte[]>>> read = new TreeMap<>();
    try (Consumer<byte[], byte[]> consumer = consumer();
        TopicScan scan = new TopicScan(consumer, name)) {
      scan.toEnd(
          begins,
          record -> {
            List<ConsumerRecord<byte[], byte[]>> kept =
                read.computeIfAbsent(record.partition(), first -> new ArrayList<>());
            kept.add(record);
            if (kept.size() > count) {
              kept.remove(0);
            }
          });
    }
    return read;
  }

  private Map<Integer, Long> behindTheEnds(long window) {
    Map<Integer, Long> begins = new HashMap<>();
    try (Consumer<byte[], byte[]> consumer = consumer();
        TopicConsumer log = new TopicConsumer(consumer, name, Patience.limited())) {
      List<TopicPartition> partitions = log.partitions();
      log.ends(partitions)
          .forEach((at, end) -> begins.put(at.partition(), Math.max(0, end - window)));
    }
    return begins;
  }

  private Consumer<byte[], byte[]> consumer() {
    return KafkaClients.of(connection).consumer();
  }

  private FoundRecord found(ConsumerRecord<byte[], byte[]> record) {
    return FoundRecord.of(record, topic.recordClass(), connection);
  }
}
