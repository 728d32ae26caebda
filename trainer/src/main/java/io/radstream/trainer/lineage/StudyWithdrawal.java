package io.radstream.trainer.lineage;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StudySeen;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import io.radstream.trainer.lineage.StudyLineage.ReadingRun;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Puts the withdrawal of a study on the log. */
public final class StudyWithdrawal {

  private final KafkaClients clients;
  private final KafkaConnection connection;
  private final Clock clock;

  public StudyWithdrawal(KafkaConnection connection, Clock clock) {
    this(KafkaClients.of(connection), connection, clock);
  }

  public StudyWithdrawal(KafkaClients clients, KafkaConnection connection, Clock clock) {
    this.clients = clients;
    this.connection = connection;
    this.clock = clock;
  }

  /**
   * From when this returns on, every run that can be reached stops reading the study.
   *
   * @param reason free of patient data
   * @throws IOException where the broker refused it or stayed away
   * @throws IllegalStateException where the topic does not exist
   */
  public void withdraw(String studyId, String reason) throws IOException, InterruptedException {
    publish(studyId, reason, List.of());
  }

  /**
   * Names the runs that learned from it, so that their checkpoints are flagged.
   *
   * @throws IOException where the broker refused it or stayed away
   */
  public void flag(String studyId, String reason, List<ReadingRun> runs)
      throws IOException, InterruptedException {
    publish(
        studyId,
        reason,
        runs.stream()
            .map(run -> new StudySeen(run.runId(), run.line(), run.steps().get(0)))
            .toList());
  }

  private void publish(String studyId, String reason, List<StudySeen> seen)
      throws IOException, InterruptedException {
    String topic = connection.topics().of(Topic.STUDIES_WITHDRAWN);
    requireTopic(topic);
    StudyWithdrawn record = new StudyWithdrawn(studyId, reason, clock.instant(), seen);
    try (RecordSerde<StudyWithdrawn> serde = RecordSerde.of(StudyWithdrawn.class, connection);
        Producer<String, byte[]> producer = clients.producer()) {
      byte[] value = serde.serializer().serialize(topic, record);
      producer.send(new ProducerRecord<>(topic, studyId, value)).get();
    } catch (ExecutionException e) {
      throw failed(e.getCause());
    } catch (KafkaException e) {
      throw failed(e);
    }
  }

  private void requireTopic(String topic) {
    try (Consumer<byte[], byte[]> consumer = clients.consumer()) {
      TopicScan.partitions(consumer, topic);
    }
  }

  private static IOException failed(Throwable cause) {
    return new IOException("cannot publish the withdrawal: " + cause.getMessage(), cause);
  }
}
