package io.radstream.schemas.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.radstream.schemas.RegistryUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class TopicScanTest {

  private static final String TOPIC = "studies";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

  private final List<Duration> pauses = new ArrayList<>();
  private final List<Long> read = new ArrayList<>();

  @Test
  void shouldReadToTheEndThroughABrokersAbsence() {
    MockConsumer<byte[], byte[]> consumer = consumer(2);
    consumer.schedulePollTask(() -> consumer.setPollException(new TimeoutException("away")));
    consumer.schedulePollTask(() -> consumer.setPollException(new DisconnectException("away")));
    consumer.schedulePollTask(() -> List.of(0L, 1L).forEach(at -> consumer.addRecord(record(at))));

    List<OffsetRange> ranges = scan(consumer).toEnd(record -> read.add(record.offset()));

    assertThat(read).containsExactly(0L, 1L);
    assertThat(ranges).containsExactly(new OffsetRange(0, 0, 2));
    assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
  }

  @Test
  void shouldGiveUpWhereNoBrokerAnswers() {
    MockConsumer<byte[], byte[]> nobody =
        new MockConsumer<>("none") {
          @Override
          public synchronized List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
            throw new TimeoutException("Timeout expired while fetching topic metadata");
          }
        };

    assertThatThrownBy(() -> scan(nobody).toEnd(record -> {}))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("cannot read topic studies: the broker does not answer")
        .hasMessageContaining("is it up");
    Duration longest = Patience.LIMIT.plus(Duration.ofSeconds(15));
    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus)).isLessThan(longest);
  }

  @Test
  void shouldGiveUpWhereRecordsDoNotCome() {
    MockConsumer<byte[], byte[]> consumer = consumer(2);
    consumer.schedulePollTask(() -> consumer.addRecord(record(0)));

    assertThatThrownBy(() -> scan(consumer).toEnd(record -> read.add(record.offset())))
        .isInstanceOf(UnreadableTopicException.class)
        .hasMessage("no record of studies-0 offset 1 came for 300 s; is the broker up?");
    assertThat(read).containsExactly(0L);
  }

  @Test
  void shouldNotWaitWhereThatDoesNotHelp() {
    MockConsumer<byte[], byte[]> consumer = consumer(2);
    consumer.setPollException(GroupAuthorizationException.forGroupId("g"));

    assertThatThrownBy(() -> scan(consumer).toEnd(record -> {}))
        .isInstanceOf(UnreadableTopicException.class)
        .hasMessageContaining("topic studies cannot be read: this user may not");
    assertThat(pauses).isEmpty();
  }

  @Test
  void shouldSayThatTheTopicDoesNotExist() {
    assertThatThrownBy(() -> scan(new MockConsumer<>("none")).toEnd(record -> {}))
        .isInstanceOf(UnreadableTopicException.class)
        .hasMessage("topic studies does not exist; create it with: radstream topics create");
  }

  @Test
  void shouldSayThatTheTopicHasNoSuchPartition() {
    assertThatThrownBy(
            () -> scan(consumer(2)).over(List.of(new OffsetRange(7, 0, 1)), record -> {}))
        .isInstanceOf(UnreadableTopicException.class)
        .hasMessage("topic studies has no partition 7; it has 1 of them, numbered from 0");
  }

  @Test
  void shouldGiveARecordAgainWhereTheRegistryWasAway() {
    MockConsumer<byte[], byte[]> consumer = consumer(2);
    consumer.schedulePollTask(() -> List.of(0L, 1L).forEach(at -> consumer.addRecord(record(at))));
    List<Long> tried = new ArrayList<>();

    scan(consumer)
        .toEnd(
            record -> {
              tried.add(record.offset());
              if (tried.size() < 3) {
                throw new RegistryUnavailableException(
                    TOPIC, "away", new RestClientException("away", 503, 50301));
              }
              read.add(record.offset());
            });

    assertThat(tried).containsExactly(0L, 0L, 0L, 1L);
    assertThat(read).containsExactly(0L, 1L);
  }

  @Test
  void shouldReadEachOfSeveralRangesOfAPartition() {
    MockConsumer<byte[], byte[]> consumer = consumer(5);
    for (int range = 0; range < 2; range++) {
      consumer.schedulePollTask(
          () -> LongStream.range(0, 5).forEach(at -> consumer.addRecord(record(at))));
    }

    scan(consumer)
        .over(
            List.of(new OffsetRange(0, 0, 1), new OffsetRange(0, 3, 5)),
            record -> read.add(record.offset()));

    assertThat(read).containsExactly(0L, 3L, 4L);
  }

  @Test
  void shouldNotReadAgainWhatAnEarlierCallHasRead() {
    TopicPartition other = new TopicPartition(TOPIC, 1);
    MockConsumer<byte[], byte[]> consumer = consumer(2);
    Node node = Node.noNode();
    consumer.updatePartitions(
        TOPIC,
        List.of(
            new PartitionInfo(TOPIC, 0, node, new Node[0], new Node[0]),
            new PartitionInfo(TOPIC, 1, node, new Node[0], new Node[0])));
    consumer.updateBeginningOffsets(Map.of(other, 0L));
    consumer.updateEndOffsets(Map.of(other, 8L));
    consumer.schedulePollTask(() -> consumer.addRecord(record(1)));
    consumer.schedulePollTask(
        () -> consumer.addRecord(new ConsumerRecord<>(TOPIC, 1, 7, null, new byte[0])));
    TopicScan scan = scan(consumer);

    scan.over(List.of(new OffsetRange(0, 1, 2)), record -> read.add(record.offset()));
    scan.over(List.of(new OffsetRange(1, 7, 8)), record -> read.add(record.offset()));

    assertThat(read).containsExactly(1L, 7L);
    assertThat(scan.ranges()).containsExactly(new OffsetRange(1, 7, 8));
  }

  private TopicScan scan(MockConsumer<byte[], byte[]> consumer) {
    return new TopicScan(consumer, TOPIC, new Patience(Optional.of(Patience.LIMIT), pauses::add));
  }

  private static MockConsumer<byte[], byte[]> consumer(long end) {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    Node node = Node.noNode();
    consumer.updatePartitions(
        TOPIC, List.of(new PartitionInfo(TOPIC, 0, node, new Node[0], new Node[0])));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, end));
    return consumer;
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset) {
    return new ConsumerRecord<>(TOPIC, 0, offset, null, new byte[0]);
  }
}
