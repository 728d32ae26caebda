package io.radstream.serving.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.TrainingMetric;
import io.radstream.schemas.log.TopicFollower;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FollowedTopicsTest {

  private static final String TOPIC = "topic";

  private final AtomicLong wall = new AtomicLong();
  private final BlockingQueue<Consumer<byte[], byte[]>> opened = new LinkedBlockingQueue<>();
  private final FollowedTopics followed =
      new FollowedTopics(new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock()));

  @AfterEach
  void stop() {
    followed.close();
  }

  @Test
  void shouldFollowWithNewClientsWhereTheClockIsSetBack() throws Exception {
    followed.need(follower());
    followed.start();
    Consumer<byte[], byte[]> first = opened.poll(30, TimeUnit.SECONDS);

    wall.addAndGet(-Duration.ofHours(1).toMillis());

    assertThat(first).isNotNull();
    assertThat(opened.poll(30, TimeUnit.SECONDS)).isNotNull();
    assertThat(followed.lost()).isEmpty();
  }

  /** Time stands still, but for what the wall clock is set to. */
  private Clock clock() {
    return new Clock() {
      @Override
      public long wallTime() {
        return wall.get();
      }

      @Override
      public long monotonicTime() {
        return 0;
      }
    };
  }

  private TopicFollower<TrainingMetric> follower() {
    KafkaConnection connection =
        new KafkaConnection("unused:9092", "mock://followed-topics", new TopicNames(""));
    return new TopicFollower<>(
        TOPIC,
        this::open,
        new RecordReader<>(TrainingMetric.class, connection),
        (records, caughtUp) -> {});
  }

  private Consumer<byte[], byte[]> open() {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    TopicPartition partition = new TopicPartition(TOPIC, 0);
    consumer.updatePartitions(
        TOPIC, List.of(new PartitionInfo(TOPIC, 0, Node.noNode(), new Node[0], new Node[0])));
    consumer.updateBeginningOffsets(Map.of(partition, 0L));
    consumer.updateEndOffsets(Map.of(partition, 0L));
    opened.add(consumer);
    return consumer;
  }
}
