package io.radstream.results.delivery;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.RejectedStudy;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Serializer;

/** Sets scores aside that a receiver refuses for good. For one thread. */
final class DeadLetters implements AutoCloseable {

  private final KafkaClients clients;
  private final String topic;
  private final Serializer<RejectedStudy> serializer;
  private Optional<Producer<String, byte[]>> producer = Optional.empty();

  DeadLetters(KafkaConnection connection) {
    this.clients = KafkaClients.of(connection);
    this.topic = connection.topics().of(Topic.SCORES_REJECTED);
    this.serializer = RecordSerde.of(RejectedStudy.class, connection).serializer();
  }

  /**
   * Returns when the cluster has it.
   *
   * @param why free of patients' data
   * @throws KafkaException where the cluster does not take it
   */
  void add(ConsumerRecord<byte[], byte[]> score, String why) {
    String key = score.key() == null ? "" : new String(score.key(), StandardCharsets.UTF_8);
    RejectedStudy rejected =
        RejectedStudy.newBuilder()
            .setStudyId(key)
            .setReason(RejectionReason.OTHER)
            .setMessage(why)
            .setOriginal(ByteBuffer.wrap(score.value()))
            .setTopic(score.topic())
            .setPartition(score.partition())
            .setOffset(score.offset())
            .build();
    if (producer.isEmpty()) {
      producer = Optional.of(clients.producer());
    }
    try {
      producer
          .get()
          .send(new ProducerRecord<>(topic, key, serializer.serialize(topic, rejected)))
          .get();
    } catch (ExecutionException e) {
      throw new KafkaException("a score that was refused cannot be set aside", e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    producer.ifPresent(Producer::close);
    serializer.close();
  }
}
