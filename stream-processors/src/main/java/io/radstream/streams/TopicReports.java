package io.radstream.streams;

import io.radstream.radiology.Sha256;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.Report;
import io.radstream.schemas.Study;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import io.radstream.schemas.log.UnreadableTopicException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;

/**
 * The final reports on the {@code studies} topic, as far as it reaches at the moment of reading.
 */
public final class TopicReports implements AutoCloseable {

  /** How many records were read, and how many distinct final reports they held. */
  public record Count(long records, long reports) {}

  private final TopicScan scan;
  private final RecordReader<Study> reader;
  private final String topic;

  TopicReports(TopicScan scan, RecordReader<Study> reader, String topic) {
    this.scan = scan;
    this.reader = reader;
    this.topic = topic;
  }

  public static TopicReports open(KafkaConnection connection) {
    String topic = connection.topics().of(Topic.STUDIES);
    return new TopicReports(
        new TopicScan(KafkaClients.of(connection).consumer(), topic),
        new RecordReader<>(Study.class, connection),
        topic);
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
   * @throws IOException where the topic does not exist, or the cluster does not answer for as long
   *     as {@link io.radstream.schemas.log.Patience} lasts
   */
  public Count forEach(Consumer<String> reports, BiConsumer<Long, Long> progress)
      throws IOException {
    Set<String> seen = new HashSet<>();
    AtomicLong records = new AtomicLong();
    try {
      scan.toEnd(
          record -> {
            offer(record.value(), seen, reports);
            progress.accept(records.incrementAndGet(), length());
          });
    } catch (KafkaException | UnreadableTopicException e) {
      throw new IOException(e.getMessage(), e);
    }
    return new Count(records.get(), seen.size());
  }

  /** In offsets; marks of transactions take some, too. */
  private long length() {
    return scan.ranges().stream().mapToLong(range -> range.end() - range.begin()).sum();
  }

  private void offer(byte[] value, Set<String> seen, Consumer<String> reports) {
    if (reader.read(topic, value) instanceof Decoded.Valid<Study> valid) {
      Report report = valid.value().getReport();
      if (report != null && MergedStudy.isFinal(report)) {
        String once = valid.value().getStudyId() + '\0' + report.getText();
        if (seen.add(Sha256.of(once))) {
          reports.accept(report.getText());
        }
      }
    }
  }

  @Override
  public void close() {
    scan.close();
  }
}
