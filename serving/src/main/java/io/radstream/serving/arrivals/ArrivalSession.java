package io.radstream.serving.arrivals;

import io.radstream.schemas.StudyScore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;

/**
 * One place in the group and one producer. The scores of some records and the place behind them are
 * committed together, so that each record is scored once, whoever ends in between. After a failure
 * it is of no more use: the next one begins where the group is. For one thread, but {@link
 * #wakeup}.
 */
final class ArrivalSession implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Consumer<byte[], byte[]> consumer;
  private final Producer<String, byte[]> producer;
  private final ArrivalReader reader;
  private final ArrivalScoring scoring;
  private final Serializer<StudyScore> serializer;
  private final String scores;

  /**
   * @param scores topic in full
   */
  ArrivalSession(
      ArrivalClients clients,
      String arrivals,
      String scores,
      ArrivalReader reader,
      ArrivalScoring scoring,
      Serializer<StudyScore> serializer) {
    this.reader = reader;
    this.scoring = scoring;
    this.serializer = serializer;
    this.scores = scores;
    this.producer = clients.producer();
    try {
      producer.initTransactions();
      this.consumer = clients.consumer();
    } catch (RuntimeException | Error e) {
      producer.close(Duration.ZERO);
      throw e;
    }
    consumer.subscribe(List.of(arrivals));
  }

  /**
   * Waits a moment for records, and has done with those that came when it returns.
   *
   * @return the scores that were written
   * @throws org.apache.kafka.common.KafkaException where that is not known
   */
  List<StudyScore> step() {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    if (records.isEmpty()) {
      return List.of();
    }
    Map<TopicPartition, OffsetAndMetadata> behind = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      behind.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1));
    }
    List<Arrival> arrivals = new ArrayList<>();
    records.forEach(record -> arrivals.add(reader.read(record)));
    List<StudyScore> written = scoring.score(arrivals);
    producer.beginTransaction();
    written.forEach(this::send);
    producer.sendOffsetsToTransaction(behind, consumer.groupMetadata());
    producer.commitTransaction();
    return written;
  }

  private void send(StudyScore score) {
    Future<?> unused =
        producer.send(
            new ProducerRecord<>(scores, score.getStudyId(), serializer.serialize(scores, score)));
  }

  /** Records of this instance's partitions that are not scored yet, as far as that is known. */
  long lag() {
    return consumer.assignment().stream()
        .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
        .sum();
  }

  /** Ends a wait for records. */
  void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    consumer.close(CloseOptions.timeout(GRACE));
  }
}
