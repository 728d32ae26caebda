package io.radstream.streams;

import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.Report;
import io.radstream.schemas.Study;
import io.radstream.schemas.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The final reports on the {@code studies} topic, as far as it reaches at the moment of reading.
 */
public final class TopicReports implements AutoCloseable {

  /** How many records were read, and how many distinct final reports they held. */
  public record Count(long records, long reports) {}

  private static final Duration POLL = Duration.ofMillis(500);

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final RecordReader<Study> reader;
  private final String topic;

  TopicReports(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      RecordReader<Study> reader,
      String topic) {
    this.consumer = consumer;
    this.reader = reader;
    this.topic = topic;
  }

  public static TopicReports open(KafkaConnection connection) {
    return new TopicReports(
        new KafkaConsumer<>(
            connection.consumerConfig(), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        new RecordReader<>(Study.class, connection),
        connection.topics().of(Topic.STUDIES));
  }

  /** The topic. */
  public String name() {
    return topic;
  }

  /**
   * Gives each distinct final report once; records that cannot be read are left out, since the
   * stage reports them.
   *
   * @param progress records read, and records there are
   * @throws IOException where the topic does not exist or the cluster does not answer
   */
  public Count forEach(Consumer<String> reports, BiConsumer<Long, Long> progress)
      throws IOException {
    try {
      return read(reports, progress);
    } catch (KafkaException e) {
      throw new IOException("cannot read topic " + topic + ": " + e.getMessage(), e);
    }
  }

  private Count read(Consumer<String> reports, BiConsumer<Long, Long> progress) throws IOException {
    List<TopicPartition> partitions = partitions();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> open = new HashMap<>(consumer.endOffsets(partitions));
    long total = open.keySet().stream().mapToLong(p -> open.get(p) - begins.get(p)).sum();
    Set<String> seen = new HashSet<>();
    long records = 0;
    open.entrySet().removeIf(end -> begins.get(end.getKey()) >= end.getValue());
    while (!open.isEmpty()) {
      for (ConsumerRecord<byte[], byte[]> consumed : consumer.poll(POLL)) {
        Long end = open.get(new TopicPartition(consumed.topic(), consumed.partition()));
        if (end != null && consumed.offset() < end) {
          records++;
          offer(consumed.value(), seen, reports);
        }
      }
      // The position, not the last record: transaction markers take offsets too.
      open.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      progress.accept(records, total);
    }
    return new Count(records, seen.size());
  }

  private List<TopicPartition> partitions() throws IOException {
    List<PartitionInfo> infos = consumer.partitionsFor(topic);
    if (infos == null || infos.isEmpty()) {
      throw new IOException("topic " + topic + " does not exist; create the topics first");
    }
    return infos.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  private void offer(byte[] value, Set<String> seen, Consumer<String> reports) {
    if (reader.read(topic, value) instanceof Decoded.Valid<Study> valid) {
      Report report = valid.value().getReport();
      if (report != null && MergedStudy.isFinal(report)) {
        String once = valid.value().getStudyId() + '\0' + report.getText();
        if (seen.add(Digest.sha256(once.getBytes(StandardCharsets.UTF_8)))) {
          reports.accept(report.getText());
        }
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
