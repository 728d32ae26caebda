package io.radstream.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CountingClientsTest {

  private final StageCounters counters = new StageCounters();
  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Producer<byte[], byte[]> producer = CountingClients.counted(kafka, counters);

  @BeforeEach
  void begin() {
    producer.initTransactions();
    producer.beginTransaction();
    counters.record();
    counters.tuple();
    counters.tuple();
    counters.rejection();
  }

  @Test
  void shouldCountOnceWhatIsCommitted() {
    producer.commitTransaction();
    producer.beginTransaction();
    producer.commitTransaction();

    assertThat(counters.records()).isEqualTo(1);
    assertThat(counters.tuples()).isEqualTo(2);
    assertThat(counters.rejections()).isEqualTo(1);
  }

  @Test
  void shouldNotCountWhatIsNotCommittedYet() {
    assertThat(counters.records() + counters.tuples() + counters.rejections()).isZero();
  }

  @Test
  void shouldNotCountWhatIsAborted() {
    producer.abortTransaction();
    producer.beginTransaction();
    counters.tuple();
    producer.commitTransaction();

    assertThat(counters.tuples()).isEqualTo(1);
    assertThat(counters.records() + counters.rejections()).isZero();
  }

  @Test
  void shouldNotCountWhatAFencedProducerDid() {
    kafka.fenceProducer();

    assertThatThrownBy(producer::commitTransaction).isInstanceOf(ProducerFencedException.class);

    assertThat(counters.records() + counters.tuples() + counters.rejections()).isZero();
  }
}
