package io.radstream.producers.publish;

import io.radstream.schemas.log.KafkaClients;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Which process publishes under a name: that which said so last on the topic of marks.
 *
 * @param transactionalId of the name
 * @param markKey under which the process says so
 * @param process tells this process from others
 * @param claim says so
 */
record Ownership(
    String transactionalId, String markKey, String process, ProducerRecord<String, byte[]> claim) {

  /** A producer for {@link #claim}. */
  Producer<String, byte[]> open(KafkaClients clients) {
    return clients.transactionalProducer(transactionalId);
  }

  /** After this no earlier process can write under the name. */
  void claim(Producer<String, byte[]> opened) {
    try {
      opened.initTransactions();
      opened.beginTransaction();
      var unused = opened.send(claim);
      opened.commitTransaction();
    } catch (KafkaException e) {
      opened.close(Duration.ZERO);
      throw e;
    }
  }

  /** Whether another process has said so since. */
  boolean isLost(Memory memory) {
    return memory.recall(markKey).filter(owner -> !owner.equals(process)).isPresent();
  }
}
