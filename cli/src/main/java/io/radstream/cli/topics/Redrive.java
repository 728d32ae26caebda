package io.radstream.cli.topics;

import io.radstream.radiology.Sha256;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RejectedStudy;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.TopicScan;
import io.radstream.schemas.trace.TraceHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Sends rejected records to the topic of studies again, as they were, after what was wrong has been
 * mended. A header says so, since the stage passes over a record that it has seen.
 */
public final class Redrive {

  /**
   * Which rejections.
   *
   * @param reasons these; all where there is none
   * @param since rejected at this time or later
   */
  public record Choice(Set<RejectionReason> reasons, Instant since) {

    public Choice {
      reasons = Set.copyOf(reasons);
    }

    boolean takes(RejectedStudy rejected, long time) {
      return time >= since.toEpochMilli()
          && (reasons.isEmpty() || reasons.contains(rejected.getReason()));
    }
  }

  /**
   * @param chosen rejections, by reason
   * @param sent records that the broker acknowledged
   * @param before rejections that were sent again by an earlier redrive, and are not once more
   * @param gone rejections whose record is no longer there
   * @param unreadable records of the topic that are no rejection
   */
  public record Outcome(
      Map<RejectionReason, Long> chosen, long sent, long before, long gone, long unreadable) {

    public Outcome {
      chosen = Map.copyOf(chosen);
    }
  }

  private final KafkaConnection connection;
  private final KafkaClients clients;
  private final String studies;
  private final RecordReader<RejectedStudy> reader;
  private final Map<RejectionReason, Long> chosen = new EnumMap<>(RejectionReason.class);
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private final Map<String, String> newest = new HashMap<>();
  private long before;
  private long gone;
  private long unreadable;

  public Redrive(KafkaConnection connection) {
    this.connection = connection;
    this.clients = KafkaClients.of(connection);
    this.studies = connection.topics().of(Topic.STUDIES);
    this.reader = new RecordReader<>(RejectedStudy.class, connection);
  }

  /**
   * @param send false to count only
   * @throws ExecutionException where the broker does not take a record
   */
  public Outcome run(Choice choice, boolean send) throws ExecutionException, InterruptedException {
    AtomicLong oldest = new AtomicLong(Long.MAX_VALUE);
    scan(
        (record, rejected) -> {
          newest.put(content(rejected), place(record));
          oldest.accumulateAndGet(record.timestamp(), Math::min);
        });
    Set<String> redriven = newest.isEmpty() ? Set.of() : redriven(oldest.get());
    try (Producer<String, byte[]> producer = clients.producer()) {
      scan(
          (record, rejected) -> {
            // A record that was rejected again after a redrive is sent once.
            if (place(record).equals(newest.get(content(rejected)))
                && choice.takes(rejected, record.timestamp())) {
              take(record, rejected, redriven, send, producer);
            }
          });
      producer.flush();
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
    return new Outcome(chosen, sent.size(), before, gone, unreadable);
  }

  private void scan(BiConsumer<ConsumerRecord<byte[], byte[]>, RejectedStudy> sink) {
    String topic = connection.topics().of(Topic.STUDIES_REJECTED);
    unreadable = 0;
    try (Consumer<byte[], byte[]> consumer = clients.consumer();
        TopicScan scan = new TopicScan(consumer, topic)) {
      scan.toEnd(
          record -> {
            if (reader.read(topic, record.value()) instanceof Decoded.Valid<RejectedStudy> valid) {
              sink.accept(record, valid.value());
            } else {
              unreadable++;
            }
          });
    }
  }

  /**
   * Places of rejections whose record was sent again, as its header says.
   *
   * @param since time of the oldest rejection, in milliseconds: none was sent again before
   */
  private Set<String> redriven(long since) {
    Set<String> places = new HashSet<>();
    try (Consumer<byte[], byte[]> consumer = clients.consumer();
        TopicScan scan = new TopicScan(consumer, studies)) {
      scan.toEnd(
          firstOffsets(consumer, since),
          record -> {
            Header redrive = record.headers().lastHeader(Topic.REDRIVE_HEADER);
            if (redrive != null) {
              places.add(new String(redrive.value(), StandardCharsets.UTF_8));
            }
          });
    }
    return places;
  }

  private Map<Integer, Long> firstOffsets(Consumer<byte[], byte[]> consumer, long since) {
    List<TopicPartition> partitions = TopicScan.partitions(consumer, studies);
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, since));
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<Integer, Long> first = new HashMap<>();
    consumer
        .offsetsForTimes(times)
        .forEach(
            (partition, found) ->
                first.put(
                    partition.partition(), found == null ? ends.get(partition) : found.offset()));
    return first;
  }

  private static String place(ConsumerRecord<byte[], byte[]> record) {
    return record.partition() + "/" + record.offset();
  }

  /** The same for the same record, however often it was rejected. */
  private static String content(RejectedStudy rejected) {
    return rejected.getOriginal() == null
        ? rejected.getTopic() + "/" + rejected.getPartition() + "/" + rejected.getOffset()
        : rejected.getStudyId() + "/" + Sha256.of(rejected.getOriginal());
  }

  private void take(
      ConsumerRecord<byte[], byte[]> record,
      RejectedStudy rejected,
      Set<String> redriven,
      boolean send,
      Producer<String, byte[]> producer) {
    if (redriven.contains(place(record))) {
      before++;
      return;
    }
    chosen.merge(rejected.getReason(), 1L, Long::sum);
    if (send) {
      original(rejected)
          .ifPresentOrElse(bytes -> send(record, rejected, bytes, producer), () -> gone++);
    }
  }

  private void send(
      ConsumerRecord<byte[], byte[]> record,
      RejectedStudy rejected,
      byte[] bytes,
      Producer<String, byte[]> producer) {
    // Where it was, since a correction stands in each partition.
    Integer partition = rejected.getTopic().equals(studies) ? rejected.getPartition() : null;
    ProducerRecord<String, byte[]> again =
        new ProducerRecord<>(studies, partition, rejected.getStudyId(), bytes);
    again.headers().add(Topic.REDRIVE_HEADER, place(record).getBytes(StandardCharsets.UTF_8));
    // Not what its sender vouched for: what was rejected is looked at in full.
    // What comes of it is a child of its rejection, and so leads to its publication.
    TraceHeader.write(again.headers(), TraceHeader.read(record.headers()));
    sent.add(producer.send(again));
  }

  /** As it was read: in the rejection, or where that had no room, in its place on the topic. */
  private Optional<byte[]> original(RejectedStudy rejected) {
    ByteBuffer original = rejected.getOriginal();
    if (original != null) {
      byte[] bytes = new byte[original.remaining()];
      original.duplicate().get(bytes);
      return Optional.of(bytes);
    }
    List<byte[]> found = new ArrayList<>();
    long offset = rejected.getOffset();
    try (Consumer<byte[], byte[]> consumer = clients.consumer();
        TopicScan scan = new TopicScan(consumer, rejected.getTopic())) {
      scan.over(
          List.of(new OffsetRange(rejected.getPartition(), offset, offset + 1)),
          record -> {
            if (record.value() != null) {
              found.add(record.value());
            }
          });
    } catch (IllegalStateException e) {
      return Optional.empty(); // retention has taken it
    }
    return found.stream().findFirst();
  }
}
