package io.radstream.serving.arrivals;

import io.radstream.schemas.StudyScore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Scores records and commits the scores together with the group's place behind them, so that each
 * record is scored once, whoever ends in between. After a failure it is of no more use. For one
 * thread.
 */
final class ScoreWriter implements AutoCloseable {

  private final Producer<String, byte[]> producer;
  private final String topic;
  private final ArrivalReader reader;
  private final ArrivalScoring scoring;
  private final Serializer<StudyScore> serializer;

  /**
   * Ends what an earlier one of its name has begun.
   *
   * @param producer closed with this
   * @param topic of the scores, in full
   */
  ScoreWriter(
      Producer<String, byte[]> producer,
      String topic,
      ArrivalReader reader,
      ArrivalScoring scoring,
      Serializer<StudyScore> serializer) {
    this.producer = producer;
    this.topic = topic;
    this.reader = reader;
    this.scoring = scoring;
    this.serializer = serializer;
    try {
      producer.initTransactions();
    } catch (RuntimeException | Error e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /**
   * @param behind the group's place when these are done
   * @return what was written
   * @throws org.apache.kafka.common.KafkaException where it is not known whether it was
   */
  List<StudyScore> write(
      Iterable<ConsumerRecord<byte[], byte[]>> records,
      Map<TopicPartition, OffsetAndMetadata> behind,
      ConsumerGroupMetadata group) {
    List<StudyScore> scores = scoring.score(read(records));
    commit(scores, behind, group);
    return scores;
  }

  /**
   * The same of the first records, as many as are scored together.
   *
   * @param records at least one
   * @param behind the group's place when so many of them are done
   * @return what was written, one score of each
   * @throws org.apache.kafka.common.KafkaException where it is not known whether it was
   */
  List<StudyScore> writeFirst(
      List<ConsumerRecord<byte[], byte[]>> records,
      IntFunction<Map<TopicPartition, OffsetAndMetadata>> behind,
      ConsumerGroupMetadata group) {
    List<StudyScore> scores = scoring.scoreFirst(read(records));
    commit(scores, behind.apply(scores.size()), group);
    return scores;
  }

  private List<Arrival> read(Iterable<ConsumerRecord<byte[], byte[]>> records) {
    List<Arrival> arrivals = new ArrayList<>();
    records.forEach(record -> arrivals.add(reader.read(record)));
    return arrivals;
  }

  private void commit(
      List<StudyScore> scores,
      Map<TopicPartition, OffsetAndMetadata> behind,
      ConsumerGroupMetadata group) {
    producer.beginTransaction();
    scores.forEach(this::send);
    producer.sendOffsetsToTransaction(behind, group);
    producer.commitTransaction();
  }

  private void send(StudyScore score) {
    Future<?> unused =
        producer.send(
            new ProducerRecord<>(topic, score.getStudyId(), serializer.serialize(topic, score)));
  }

  /** What is not committed is not written. */
  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
