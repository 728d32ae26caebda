package io.radstream.schemas.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a topic once from front to back, as far as it has been committed. A sink that finds the
 * registry away ({@link io.radstream.schemas.RegistryUnavailableException}) is given the record
 * again. Not thread-safe.
 */
public final class TopicScan implements AutoCloseable {

  private static final Duration POLL = Duration.ofSeconds(1);

  private final TopicConsumer log;
  private final Map<TopicPartition, Long> begins = new HashMap<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();

  public TopicScan(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer, String topic) {
    this(consumer, topic, Patience.limited());
  }

  public TopicScan(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      String topic,
      Patience patience) {
    this.log = new TopicConsumer(consumer, topic, patience);
  }

  /**
   * Reads on from where the last call ended to the present end of the topic.
   *
   * @return what has been read so far
   */
  public List<OffsetRange> toEnd(Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    return toEnd(Map.of(), sink);
  }

  /**
   * The same, but the first call sets in at these offsets.
   *
   * @param first by partition; those that are not named are read from their beginning
   */
  public List<OffsetRange> toEnd(
      Map<Integer, Long> first, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    if (begins.isEmpty()) {
      List<TopicPartition> partitions = log.partitions();
      log.assign(partitions);
      begins.putAll(log.begins(partitions));
      Map<TopicPartition, Long> now = log.ends(partitions);
      begins.replaceAll((at, begin) -> begin(begin, first.get(at.partition()), now.get(at)));
      begins.forEach(log::seek);
    }
    ends.putAll(log.ends(begins.keySet()));
    readToEnds(sink);
    return ranges();
  }

  /**
   * Sets the bit of a record that has been read, counted from where its partition was set in at.
   */
  public void mark(ConsumerRecord<byte[], byte[]> record, Map<Integer, BitSet> records) {
    long begin = begins.get(new TopicPartition(log.topic(), record.partition()));
    records
        .computeIfAbsent(record.partition(), first -> new BitSet())
        .set(Math.toIntExact(record.offset() - begin));
  }

  /** An offset behind the end is one of another topic of this name, which is gone. */
  private static long begin(long first, Long wanted, long end) {
    return wanted == null || wanted > end ? first : Math.max(first, wanted);
  }

  /**
   * Reads exactly these ranges.
   *
   * @throws IllegalStateException where the topic no longer holds them
   */
  public void over(Collection<OffsetRange> ranges, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    requireHeld(ranges);
    for (List<OffsetRange> apart : apart(ranges)) {
      seek(apart);
      readToEnds(sink);
    }
  }

  /**
   * Reads nothing.
   *
   * @throws IllegalStateException where the topic no longer holds these ranges
   */
  public void requireHeld(Collection<OffsetRange> ranges) {
    for (List<OffsetRange> apart : apart(ranges)) {
      seek(apart);
      requireHeld();
    }
  }

  /** In lists of which none has two ranges of one partition. */
  private static List<List<OffsetRange>> apart(Collection<OffsetRange> ranges) {
    List<List<OffsetRange>> apart = new ArrayList<>();
    Map<Integer, Integer> before = new HashMap<>();
    for (OffsetRange range : ranges) {
      int list = before.merge(range.partition(), 1, Integer::sum) - 1;
      if (list == apart.size()) {
        apart.add(new ArrayList<>());
      }
      apart.get(list).add(range);
    }
    return apart;
  }

  /** Waits until these ranges can be read: until all that stands before their ends is decided. */
  public void await(Collection<OffsetRange> ranges) {
    seek(ranges);
    readToEnds(record -> {});
  }

  /** What was read before is not read again. */
  private void seek(Collection<OffsetRange> ranges) {
    begins.clear();
    ends.clear();
    List<TopicPartition> there = log.partitions();
    for (OffsetRange range : ranges) {
      TopicPartition partition = new TopicPartition(log.topic(), range.partition());
      if (!there.contains(partition)) {
        // The broker would be asked again and again where it stands.
        throw new UnreadableTopicException(
            "topic %s has no partition %d; it has %d of them, numbered from 0"
                .formatted(log.topic(), range.partition(), there.size()));
      }
      begins.put(partition, range.begin());
      ends.put(partition, range.end());
    }
    log.assign(begins.keySet());
    begins.forEach(log::seek);
  }

  /** All that the topic holds now; nothing is read. */
  public List<OffsetRange> extent() {
    List<TopicPartition> partitions = log.partitions();
    log.assign(partitions);
    Map<TopicPartition, Long> firsts = log.begins(partitions);
    Map<TopicPartition, Long> now = log.ends(partitions);
    return partitions.stream()
        .map(at -> new OffsetRange(at.partition(), firsts.get(at), now.get(at)))
        .toList();
  }

  /** From an offset of a partition to its present end; nothing is read. */
  public OffsetRange extent(int number, long begin) {
    TopicPartition partition = new TopicPartition(log.topic(), number);
    log.assign(List.of(partition));
    long end = log.ends(List.of(partition)).get(partition);
    return new OffsetRange(number, begin, Math.max(begin, end));
  }

  /**
   * Reads one partition from an offset to its present end; nothing where it ends before that.
   *
   * @throws IllegalStateException where the topic no longer holds the offset
   */
  public void from(int number, long begin, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    OffsetRange rest = extent(number, begin);
    if (rest.begin() < rest.end()) {
      over(List.of(rest), sink);
    }
  }

  /** Waits up to a second for records after those that have been read. */
  public void awaitMore() {
    log.resume(ends.keySet());
    log.poll(POLL);
    ends.forEach(log::seek);
  }

  private void requireHeld() {
    Map<TopicPartition, Long> firsts = log.begins(begins.keySet());
    log.ends(begins.keySet())
        .forEach((partition, end) -> requireHeld(partition, firsts.get(partition), end));
  }

  private void requireHeld(TopicPartition partition, long first, long end) {
    long from = begins.get(partition);
    long to = ends.get(partition);
    if (first > from || end < to) {
      throw new UnreadableTopicException(
          ("%s does not hold the offsets %d to %d that are to be read: it holds %d to %d. Was the"
                  + " topic deleted or cut?")
              .formatted(partition, from, to, first, end));
    }
  }

  /**
   * @throws UnreadableTopicException where the topic does not exist
   */
  public static List<TopicPartition> partitions(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer, String topic) {
    List<TopicPartition> found = TopicConsumer.partitions(consumer.partitionsFor(topic));
    if (found.isEmpty()) {
      throw ReadFailures.missing(topic);
    }
    return found;
  }

  private void readToEnds(Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    while (!unfinished().isEmpty()) {
      for (ConsumerRecord<byte[], byte[]> record : log.await(POLL)) {
        // A poll may bring records that were written after the end was asked for.
        if (record.offset() < ends.get(new TopicPartition(log.topic(), record.partition()))) {
          log.decode(
              () -> {
                sink.accept(record);
                return record;
              });
        }
      }
    }
    ends.forEach(log::seek);
  }

  /** Partitions still to read; the others are paused, so that nothing is fetched for nothing. */
  private List<TopicPartition> unfinished() {
    List<TopicPartition> open = new ArrayList<>();
    List<TopicPartition> done = new ArrayList<>();
    ends.forEach((partition, end) -> (log.position(partition) < end ? open : done).add(partition));
    log.pause(done);
    log.resume(open);
    return open;
  }

  /** What has been read, or is being read. */
  public List<OffsetRange> ranges() {
    return begins.entrySet().stream()
        .map(
            begin ->
                new OffsetRange(
                    begin.getKey().partition(), begin.getValue(), ends.get(begin.getKey())))
        .sorted(Comparator.comparingInt(OffsetRange::partition))
        .toList();
  }

  @Override
  public void close() {
    log.close();
  }
}
