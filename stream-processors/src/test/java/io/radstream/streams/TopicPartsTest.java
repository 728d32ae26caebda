package io.radstream.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.schemas.log.Patience;
import io.radstream.schemas.log.UnreadableTopicException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

/** Records of a topic whose offsets 5, 7 and 8 hold any; the others are marks of transactions. */
class TopicPartsTest {

  private static final TopicPartition PARTITION = new TopicPartition("studies", 0);

  private final MockConsumer<byte[], byte[]> broker = new MockConsumer<>("none");
  private final TopicParts parts =
      new TopicParts(
          PARTITION, () -> broker, new Patience(Optional.of(Duration.ofSeconds(3)), time -> {}));

  @Test
  void shouldReadRecordsByOffset() {
    holds(5, 7, 8);

    assertThat(parts.read(7))
        .hasValueSatisfying(part -> assertThat(part.value()).containsExactly(7));
    holds(8);
    assertThat(parts.read(8))
        .hasValueSatisfying(part -> assertThat(part.value()).containsExactly(8));
    holds(5, 7, 8);
    assertThat(parts.read(5))
        .hasValueSatisfying(part -> assertThat(part.value()).containsExactly(5));
  }

  @Test
  void shouldFindNothingWhereRetentionHasTakenTheRecord() {
    holds(5, 7, 8);
    broker.updateBeginningOffsets(Map.of(PARTITION, 7L));

    assertThat(parts.read(5)).isEmpty();
  }

  @Test
  void shouldFindNothingWhereTheRecordWasDeleted() {
    holds(7, 8);

    assertThat(parts.read(5)).isEmpty();
  }

  @Test
  void shouldWaitForABrokerThatIsAway() {
    holds(5);
    broker.setPollException(new DisconnectException("away"));

    assertThat(parts.read(5)).isPresent();
  }

  /** The stage goes on waiting, as for every broker that does not answer. */
  @Test
  void shouldCallItAnOutageWhereNothingComesForLong() {
    broker.updateBeginningOffsets(Map.of(PARTITION, 0L));
    broker.updateEndOffsets(Map.of(PARTITION, 9L));

    assertThatThrownBy(() -> parts.read(5)).isInstanceOf(TimeoutException.class);
  }

  @Test
  void shouldNotWaitForARightThatIsMissing() {
    holds(5);
    broker.setPollException(new TopicAuthorizationException("not allowed"));

    assertThatThrownBy(() -> parts.read(5))
        .isInstanceOf(UnreadableTopicException.class)
        .hasMessageContaining("this user may not");
  }

  @Test
  void shouldKnowWhetherMoreHasCome() {
    holds(7, 8);

    assertThat(parts.hasMore(5)).isTrue();
    broker.updateEndOffsets(Map.of(PARTITION, 9L));
    assertThat(parts.hasMore(8)).isFalse();
  }

  /** Behind the last record lies the mark of a transaction, as long as nothing comes. */
  @Test
  void shouldLookOnceForMoreWhereNothingComes() {
    broker.updateBeginningOffsets(Map.of(PARTITION, 0L));
    broker.updateEndOffsets(Map.of(PARTITION, 9L));
    List<Integer> looks = new ArrayList<>();
    broker.schedulePollTask(
        () -> {
          looks.add(1);
          broker.seek(PARTITION, 9);
        });

    for (int time = 0; time < 1000; time++) {
      assertThat(parts.hasMore(7)).isFalse();
    }

    assertThat(looks).hasSize(1);
    broker.updateEndOffsets(Map.of(PARTITION, 10L));
    broker.schedulePollTask(
        () ->
            broker.addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, 9, null, new byte[] {9})));
    assertThat(parts.hasMore(7)).isTrue();
  }

  private void holds(int... offsets) {
    broker.schedulePollTask(
        () -> {
          for (int offset : offsets) {
            broker.addRecord(
                new ConsumerRecord<>(
                    PARTITION.topic(), 0, offset, null, new byte[] {(byte) offset}));
          }
        });
    broker.updateBeginningOffsets(Map.of(PARTITION, 0L));
    broker.updateEndOffsets(Map.of(PARTITION, 9L));
    broker.updatePartitions(PARTITION.topic(), List.of());
  }
}
