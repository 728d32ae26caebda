package io.radstream.trainer.labels;

import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.TopicScan;
import io.radstream.trainer.config.LabelRules;
import io.radstream.trainer.tuples.CountedRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the labels topic once. Of several records about a study the later wins, finding by finding,
 * but for verdicts, of which the run's rules decide; what is no label is counted and left out.
 */
public final class LabelScan {

  private static final Logger LOG = LoggerFactory.getLogger(LabelScan.class);

  private final RecordReader<LabelledStudy> reader;
  private final String topic;
  private final List<String> findings;
  private final LabelFold known;
  private final Map<Integer, Long> counts = new HashMap<>();
  private long invalid;

  private LabelScan(KafkaConnection connection, List<String> findings, LabelRules rules) {
    this.reader = new RecordReader<>(LabelledStudy.class, connection);
    this.topic = connection.topics().of(Topic.LABELS);
    this.findings = findings;
    this.known = new LabelFold(findings, rules.verdicts());
  }

  /**
   * @param findings that are looked for
   * @param rules of the run
   * @param pinned what an earlier process of the run read; empty to read to the present end
   * @throws IllegalStateException where the topic does not exist, or no longer holds the ranges
   */
  public static StudyLabels read(
      KafkaClients clients,
      KafkaConnection connection,
      List<String> findings,
      LabelRules rules,
      List<OffsetRange> pinned) {
    return new LabelScan(connection, findings, rules).read(clients, pinned, Map.of());
  }

  /**
   * Reads the first records of each partition, from a topic that was written again.
   *
   * @param rules of the run
   * @param counts of records by partition
   * @throws IllegalStateException where the topic does not exist
   */
  public static StudyLabels first(
      KafkaClients clients,
      KafkaConnection connection,
      List<String> findings,
      LabelRules rules,
      Map<Integer, Long> counts) {
    return new LabelScan(connection, findings, rules).read(clients, List.of(), counts);
  }

  private StudyLabels read(
      KafkaClients clients, List<OffsetRange> pinned, Map<Integer, Long> most) {
    List<OffsetRange> ranges = pinned;
    try (TopicScan scan = new TopicScan(clients.consumer(), topic)) {
      if (pinned.isEmpty()) {
        ranges = scan.toEnd(record -> add(record, most));
      } else {
        scan.over(pinned, record -> add(record, most));
      }
    }
    if (invalid > 0) {
      LOG.warn("records={} of topic={} are no labels from 0 to 1: left out", invalid, topic);
    }
    return new StudyLabels(
        findings, known.teaching(), known.judging(), ranges.stream().map(this::counted).toList());
  }

  private CountedRange counted(OffsetRange range) {
    return new CountedRange(range, counts.getOrDefault(range.partition(), 0L));
  }

  private void add(ConsumerRecord<byte[], byte[]> record, Map<Integer, Long> most) {
    long count = counts.getOrDefault(record.partition(), 0L);
    if (count < most.getOrDefault(record.partition(), Long.MAX_VALUE)) {
      add(record);
      counts.put(record.partition(), count + 1);
    }
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    if (reader.read(topic, record.value()) instanceof Decoded.Valid<LabelledStudy> valid
        && isUsable(valid.value())) {
      known.add(valid.value());
    } else {
      invalid++;
    }
  }

  /** Of a verdict, what is no number takes back what was said. */
  private static boolean isUsable(LabelledStudy labelled) {
    return labelled.getLabels().values().stream()
        .allMatch(
            label ->
                (label >= 0 && label <= 1) || (label.isNaN() && labelled.getVerdict() != null));
  }
}
