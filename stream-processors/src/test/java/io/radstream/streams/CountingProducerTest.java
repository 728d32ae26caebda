package io.radstream.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CountingProducerTest {

  private final MockProducer<byte[], byte[]> kafka = new MockProducer<>();
  private final StageCounters counters = new StageCounters();
  private final CountingProducer producer = new CountingProducer(kafka, counters);

  @BeforeEach
  void begin() {
    producer.initTransactions();
    producer.beginTransaction();
  }

  @Test
  void shouldCountWorkOnceItIsCommitted() {
    work();
    assertThat(counted()).containsExactly(0, 0, 0);

    producer.commitTransaction();

    assertThat(counted()).containsExactly(1, 1, 1);
  }

  @Test
  void shouldNotCountWorkThatWasAborted() {
    work();
    producer.abortTransaction();
    producer.beginTransaction();
    work();

    producer.commitTransaction();

    assertThat(counted()).containsExactly(1, 1, 1);
  }

  @Test
  void shouldNotCountWorkThatWasFenced() {
    work();
    kafka.fenceProducer();

    assertThatThrownBy(producer::commitTransaction).isInstanceOf(ProducerFencedException.class);

    CountingProducer next = new CountingProducer(new MockProducer<>(), counters);
    next.initTransactions();
    next.beginTransaction();
    next.commitTransaction();
    assertThat(counted()).containsExactly(0, 0, 0);
  }

  @Test
  void shouldNotCountWorkOfAProducerThatWasGivenUp() {
    work();

    producer.close();

    counters.committed();
    assertThat(counted()).containsExactly(0, 0, 0);
  }

  @Test
  void shouldCountWorkOnceWhoseCommitIsTriedAgain() {
    work();
    kafka.commitTransactionException = new TimeoutException("too late");
    assertThatThrownBy(producer::commitTransaction).isInstanceOf(TimeoutException.class);
    kafka.commitTransactionException = null;

    producer.commitTransaction();

    assertThat(counted()).containsExactly(1, 1, 1);
  }

  private void work() {
    counters.record();
    counters.tuple();
    counters.rejection();
  }

  private long[] counted() {
    return new long[] {counters.records(), counters.tuples(), counters.rejections()};
  }
}
