package io.radstream.trainer.tuples;

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
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic once from front to back, as far as it has been committed. Not thread-safe. */
public final class TopicScan implements AutoCloseable {

  private static final Duration POLL = Duration.ofSeconds(1);

  /** Polls without a record, a second each, after which the broker is taken to be lost. */
  private static final int PATIENCE = 300;

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final Map<TopicPartition, Long> begins = new HashMap<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();

  public TopicScan(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer, String topic) {
    this.consumer = consumer;
    this.topic = topic;
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
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      begins.putAll(consumer.beginningOffsets(partitions));
      Map<TopicPartition, Long> now = consumer.endOffsets(partitions);
      begins.replaceAll((at, begin) -> begin(begin, first.get(at.partition()), now.get(at)));
      begins.forEach(consumer::seek);
    }
    ends.putAll(consumer.endOffsets(begins.keySet()));
    readToEnds(sink);
    return ranges();
  }

  /**
   * Sets the bit of a record that has been read, counted from where its partition was set in at.
   */
  void mark(ConsumerRecord<byte[], byte[]> record, Map<Integer, BitSet> records) {
    long begin = begins.get(new TopicPartition(topic, record.partition()));
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
    readToEnds(sink);
  }

  /**
   * Reads nothing.
   *
   * @throws IllegalStateException where the topic no longer holds these ranges
   */
  public void requireHeld(Collection<OffsetRange> ranges) {
    seek(ranges);
    requireHeld();
  }

  /** Waits until these ranges can be read: until all that stands before their ends is decided. */
  public void await(Collection<OffsetRange> ranges) {
    seek(ranges);
    readToEnds(record -> {});
  }

  private void seek(Collection<OffsetRange> ranges) {
    for (OffsetRange range : ranges) {
      TopicPartition partition = new TopicPartition(topic, range.partition());
      begins.put(partition, range.begin());
      ends.put(partition, range.end());
    }
    consumer.assign(begins.keySet());
    begins.forEach(consumer::seek);
  }

  /** From an offset of a partition to its present end; nothing is read. */
  public OffsetRange extent(int number, long begin) {
    TopicPartition partition = new TopicPartition(topic, number);
    consumer.assign(List.of(partition));
    long end = consumer.endOffsets(List.of(partition)).get(partition);
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
    consumer.resume(ends.keySet());
    poll();
    ends.forEach(consumer::seek);
  }

  private void requireHeld() {
    consumer
        .beginningOffsets(begins.keySet())
        .forEach((partition, first) -> requireHeld(first <= begins.get(partition), partition));
    consumer
        .endOffsets(begins.keySet())
        .forEach((partition, end) -> requireHeld(end >= ends.get(partition), partition));
  }

  private void requireHeld(boolean held, TopicPartition partition) {
    if (!held) {
      throw new IllegalStateException(
          "%s no longer holds the offsets %d to %d that the run reads; was the topic deleted or cut?"
              .formatted(partition, begins.get(partition), ends.get(partition)));
    }
  }

  /**
   * @throws IllegalStateException where the topic does not exist
   */
  public static List<TopicPartition> partitions(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer, String topic) {
    List<PartitionInfo> infos = consumer.partitionsFor(topic);
    if (infos == null || infos.isEmpty()) {
      throw new IllegalStateException(
          "topic " + topic + " does not exist; create it with: radstream topics create");
    }
    return infos.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  private void readToEnds(Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    int idle = 0;
    while (!unfinished().isEmpty()) {
      int count = 0;
      for (ConsumerRecord<byte[], byte[]> record : poll()) {
        // A poll may bring records that were written after the end was asked for.
        if (record.offset() < ends.get(new TopicPartition(topic, record.partition()))) {
          sink.accept(record);
        }
        count++;
      }
      idle = count == 0 ? idle + 1 : 0;
      if (idle > PATIENCE) {
        throw new IllegalStateException(
            "no record of " + topic + " came for " + PATIENCE + " s; is the broker up?");
      }
    }
    ends.forEach(consumer::seek);
  }

  private Iterable<ConsumerRecord<byte[], byte[]>> poll() {
    try {
      return consumer.poll(POLL);
    } catch (OffsetOutOfRangeException e) {
      throw new IllegalStateException(
          topic + " no longer holds the offsets that the run reads: " + e.partitions(), e);
    }
  }

  /** Partitions still to read; the others are paused, so that nothing is fetched for nothing. */
  private List<TopicPartition> unfinished() {
    List<TopicPartition> open = new ArrayList<>();
    List<TopicPartition> done = new ArrayList<>();
    ends.forEach(
        (partition, end) -> (consumer.position(partition) < end ? open : done).add(partition));
    consumer.pause(done);
    consumer.resume(open);
    return open;
  }

  private List<OffsetRange> ranges() {
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
    consumer.close();
  }
}
