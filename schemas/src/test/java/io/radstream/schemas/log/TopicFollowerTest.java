package io.radstream.schemas.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.TrainingMetric;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TopicFollowerTest {

  private static final KafkaConnection CONNECTION =
      new KafkaConnection("unused:9092", "mock://topic-follower", new TopicNames(""));
  private static final String TOPIC = CONNECTION.topics().of(Topic.TRAINING_METRICS);
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

  private record Call(List<Long> steps, boolean caughtUp) {}

  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final BlockingQueue<Throwable> trouble = new LinkedBlockingQueue<>();
  private final BlockingQueue<MockConsumer<byte[], byte[]>> consumers = new LinkedBlockingQueue<>();
  private final TopicFollower<TrainingMetric> follower =
      new TopicFollower<>(
          TOPIC,
          this::open,
          new RecordReader<>(TrainingMetric.class, CONNECTION),
          (records, caughtUp) -> {
            Throwable failure = trouble.poll();
            if (failure instanceof Error error) {
              throw error;
            } else if (failure instanceof RuntimeException exception) {
              throw exception;
            }
            calls.add(new Call(records.stream().map(TrainingMetric::getStep).toList(), caughtUp));
          });

  @AfterEach
  void stop() {
    follower.close();
  }

  @Test
  void shouldReadThePastAndThenFollow() throws Exception {
    MockConsumer<byte[], byte[]> consumer = consumer(2);
    schedule(consumer, List.of(record(0, bytes(1)), record(1, bytes(2))));
    follower.start();

    Call past = next();
    schedule(consumer, List.of(record(2, bytes(3))));
    Call present = next();

    assertThat(past).isEqualTo(new Call(List.of(1L, 2L), true));
    assertThat(present).isEqualTo(new Call(List.of(3L), true));
  }

  @Test
  void shouldBeginWithOneOfTheLastRecordsWhereAsked() throws Exception {
    MockConsumer<byte[], byte[]> consumer = consumer(3);
    schedule(consumer, List.of(record(0, bytes(1)), record(1, bytes(2)), record(2, bytes(3))));
    BlockingQueue<List<Long>> steps = new LinkedBlockingQueue<>();
    try (TopicFollower<TrainingMetric> last =
        new TopicFollower<>(
            TOPIC,
            this::open,
            new RecordReader<>(TrainingMetric.class, CONNECTION),
            (records, caughtUp) ->
                steps.add(records.stream().map(TrainingMetric::getStep).toList()),
            2)) {
      last.start();

      assertThat(steps.poll(1, TimeUnit.MINUTES)).containsExactly(2L, 3L);
    }
  }

  @Test
  void shouldGoOnWhereItWasWithANewClient() throws Exception {
    MockConsumer<byte[], byte[]> first = consumer(1);
    schedule(first, List.of(record(0, bytes(1))));
    MockConsumer<byte[], byte[]> second = consumer(2);
    schedule(second, List.of(record(1, bytes(2))));
    follower.start();
    Call past = next();

    follower.reopen();

    assertThat(past).isEqualTo(new Call(List.of(1L), true));
    assertThat(next()).isEqualTo(new Call(List.of(2L), true));
    assertThat(first.closed()).isTrue();
    assertThat(follower.failure()).isEmpty();
  }

  @Test
  void shouldTellThatAnEmptyTopicHasBeenRead() throws Exception {
    consumer(0);

    follower.start();

    assertThat(next()).isEqualTo(new Call(List.of(), true));
  }

  @Test
  void shouldNotHaveCaughtUpBeforeTheEndOfThePast() throws Exception {
    MockConsumer<byte[], byte[]> consumer = consumer(2);
    schedule(consumer, List.of(record(0, bytes(1))));
    schedule(consumer, List.of(record(1, bytes(2))));

    follower.start();

    assertThat(next()).isEqualTo(new Call(List.of(1L), false));
    assertThat(next()).isEqualTo(new Call(List.of(2L), true));
  }

  @Test
  void shouldSkipWhatIsNoRecord() throws Exception {
    MockConsumer<byte[], byte[]> consumer = consumer(2);
    schedule(
        consumer,
        List.of(record(0, new byte[] {'t', 'e', 'x', 't', '!', '!'}), record(1, bytes(2))));

    follower.start();

    assertThat(next()).isEqualTo(new Call(List.of(2L), true));
  }

  @Test
  void shouldTellByItsKeyOfWhatCannotBeRead() throws Exception {
    MockConsumer<byte[], byte[]> consumer = consumer(3);
    schedule(
        consumer,
        List.of(
            new ConsumerRecord<>(TOPIC, 0, 0, "named".getBytes(UTF_8), null),
            record(1, new byte[] {'t', 'e', 'x', 't', '!', '!'}),
            record(2, bytes(3))));
    BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    try (TopicFollower<TrainingMetric> telling =
        new TopicFollower<>(
            TOPIC,
            this::open,
            new RecordReader<>(TrainingMetric.class, CONNECTION),
            new Telling(heard))) {
      telling.start();

      assertThat(telling.awaitPast(Duration.ofSeconds(30))).isTrue();
    }

    assertThat(heard)
        .containsExactly(
            "a failure of the listener",
            new UnreadableRecord(0, 0, Optional.of("named")),
            new UnreadableRecord(0, 1, Optional.empty()),
            3L);
  }

  /** Fails on what cannot be read when it hears of it first. */
  private record Telling(BlockingQueue<Object> heard)
      implements TopicFollower.Listener<TrainingMetric> {

    @Override
    public void accept(List<TrainingMetric> records, boolean caughtUp) {
      records.forEach(metric -> heard.add(metric.getStep()));
    }

    @Override
    public void unreadable(List<UnreadableRecord> records) {
      if (heard.isEmpty()) {
        heard.add("a failure of the listener");
        throw new IllegalStateException("a bug");
      }
      heard.addAll(records);
    }
  }

  @Test
  void shouldGoOnWhereItWasAfterAFailure() throws Exception {
    MockConsumer<byte[], byte[]> first = consumer(1);
    schedule(first, List.of(record(0, bytes(1))));
    MockConsumer<byte[], byte[]> second = consumer(2);
    schedule(second, List.of(record(1, bytes(2))));
    follower.start();

    Call before = next();
    first.setPollException(new KafkaException("the broker is gone"));
    Call after = next();

    assertThat(before).isEqualTo(new Call(List.of(1L), true));
    assertThat(after).isEqualTo(new Call(List.of(2L), true));
  }

  @Test
  void shouldGiveRecordsAgainOnWhichTheListenerFailed() throws Exception {
    MockConsumer<byte[], byte[]> consumer = consumer(2);
    schedule(consumer, List.of(record(0, bytes(1)), record(1, bytes(2))));
    trouble.addAll(List.of(new IllegalStateException("a bug"), new StackOverflowError()));
    follower.start();

    Call taken = next();

    assertThat(trouble).isEmpty();
    assertThat(taken).isEqualTo(new Call(List.of(1L, 2L), true));
    assertThat(follower.awaitPast(Duration.ofSeconds(30))).isTrue();
    assertThat(follower.failure()).isEmpty();
  }

  @Test
  void shouldSayThatItCannotDealWithTheNextRecords() throws Exception {
    MockConsumer<byte[], byte[]> consumer = consumer(1);
    schedule(consumer, List.of(record(0, bytes(1))));
    CountDownLatch seen = new CountDownLatch(2);
    try (TopicFollower<TrainingMetric> stuck =
        new TopicFollower<>(
            TOPIC,
            this::open,
            new RecordReader<>(TrainingMetric.class, CONNECTION),
            (records, caughtUp) -> {
              seen.countDown();
              throw new IllegalStateException("a bug");
            })) {
      stuck.start();

      assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();

      assertThat(stuck.failure().orElseThrow()).hasMessage("a bug");
    }
  }

  @Test
  void shouldEndWhereWaitingDoesNotHelpAndSayWhy() {
    consumer(1).setPollException(new TopicAuthorizationException(Set.of(TOPIC)));

    follower.start();

    assertThatThrownBy(() -> follower.awaitPast(Duration.ofSeconds(30)))
        .isInstanceOf(UnreadableTopicException.class)
        .hasMessageContaining(TOPIC)
        .hasMessageContaining("let it describe and read the topic");
    assertThat(follower.failure()).isPresent();
    assertThatThrownBy(follower::requireFollowed).isInstanceOf(UnreadableTopicException.class);
  }

  @Test
  void shouldEndWhereWhatDecompressesCannotBeLoaded() {
    consumer(1)
        .setPollException(
            new KafkaException(
                "the next record", new KafkaException(new NoClassDefFoundError("Zstd"))));

    follower.start();

    assertThatThrownBy(() -> follower.awaitPast(Duration.ofSeconds(30)))
        .isInstanceOf(UnreadableTopicException.class)
        .hasMessageContainingAll(TOPIC, "its records are compressed", "java.io.tmpdir");
    assertThat(follower.failure()).isPresent();
  }

  @Test
  @Timeout(30)
  void shouldEndWhereItsPlaceInTheTopicIsGone() throws Exception {
    MockConsumer<byte[], byte[]> consumer = consumer(1);
    schedule(consumer, List.of(record(0, bytes(1))));
    follower.start();
    next();

    consumer.setPollException(new OffsetOutOfRangeException(Map.of(PARTITION, 1L)));

    while (follower.failure().isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(follower.failure().orElseThrow())
        .hasMessageContaining(PARTITION + " offset 1 is gone");
  }

  private Call next() throws InterruptedException {
    Call call = calls.poll(30, TimeUnit.SECONDS);
    assertThat(call).as("the listener was called").isNotNull();
    return call;
  }

  private Consumer<byte[], byte[]> open() {
    MockConsumer<byte[], byte[]> consumer = consumers.poll();
    if (consumer == null) {
      throw new KafkaException("no broker");
    }
    return consumer;
  }

  /** A consumer of a topic with one partition, which the follower will open next. */
  private MockConsumer<byte[], byte[]> consumer(long end) {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    Node node = Node.noNode();
    consumer.updatePartitions(
        TOPIC, List.of(new PartitionInfo(TOPIC, 0, node, new Node[0], new Node[0])));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, end));
    consumers.add(consumer);
    return consumer;
  }

  private static void schedule(
      MockConsumer<byte[], byte[]> consumer, List<ConsumerRecord<byte[], byte[]>> records) {
    consumer.schedulePollTask(() -> records.forEach(consumer::addRecord));
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, byte[] value) {
    return new ConsumerRecord<>(TOPIC, 0, offset, null, value);
  }

  private static byte[] bytes(long step) {
    TrainingMetric metric =
        TrainingMetric.newBuilder()
            .setRunId("run")
            .setLine("line")
            .setStep(step)
            .setTime(Instant.EPOCH)
            .setValues(Map.of())
            .build();
    try (RecordSerde<TrainingMetric> serde = RecordSerde.of(TrainingMetric.class, CONNECTION);
        Serializer<TrainingMetric> serializer = serde.serializer()) {
      return serializer.serialize(TOPIC, metric);
    }
  }
}
