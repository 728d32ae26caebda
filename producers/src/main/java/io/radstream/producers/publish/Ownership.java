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

  /** A producer after whose opening no earlier process can write under the name. */
  Producer<String, byte[]> take(KafkaClients clients) {
    Producer<String, byte[]> opened = clients.transactionalProducer(transactionalId);
    try {
      opened.initTransactions();
      opened.beginTransaction();
      var unused = opened.send(claim);
      opened.commitTransaction();
      return opened;
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
