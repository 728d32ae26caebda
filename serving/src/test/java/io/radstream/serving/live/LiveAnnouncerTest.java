package io.radstream.serving.live;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.LiveModel;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import io.radstream.serving.score.ModelIdentity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LiveAnnouncerTest {

  private static final KafkaConnection CONNECTION =
      new KafkaConnection("unused:9092", "mock://live-announcer", new TopicNames("site-"));
  private static final String TOPIC = CONNECTION.topics().of(Topic.MODELS_LIVE);
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final AtomicReference<Optional<ModelIdentity>> live =
      new AtomicReference<>(Optional.empty());
  private final BlockingQueue<ProducerRecord<String, byte[]>> sent = new LinkedBlockingQueue<>();
  private Optional<LiveAnnouncer> running = Optional.empty();

  @AfterEach
  void stop() {
    running.ifPresent(LiveAnnouncer::close);
  }

  @Test
  void shouldSayWhichCheckpointBecameLive() throws Exception {
    LiveAnnouncer announcer = start(this::producer, NEVER);
    live.set(model("demo-1"));

    announcer.changed();

    ProducerRecord<String, byte[]> record = next();
    assertThat(record.topic()).isEqualTo("site-models.live");
    assertThat(record.key()).isEqualTo("instance");
    assertThat(value(record)).isEqualTo(new LiveModel("instance", "demo-1", "demo", NOW));
  }

  @Test
  void shouldSayNothingOfChangesThatLeaveTheLiveOneAlone() throws Exception {
    LiveAnnouncer announcer = start(this::producer, NEVER);
    announcer.changed();
    live.set(model("demo-1"));
    announcer.changed();
    announcer.changed();
    live.set(model("demo-2"));

    announcer.changed();

    assertThat(List.of(checkpoint(next()), checkpoint(next()))).containsExactly("demo-1", "demo-2");
  }

  @Test
  void shouldSayItAgainWhileItIsLive() throws Exception {
    live.set(model("demo-1"));

    start(this::producer, AT_ONCE);

    assertThat(List.of(checkpoint(next()), checkpoint(next()), checkpoint(next())))
        .containsOnly("demo-1");
  }

  @Test
  void shouldSayItAgainAfterItCouldNot() throws Exception {
    live.set(model("demo-1"));
    AtomicBoolean failed = new AtomicBoolean();
    Supplier<Optional<ModelIdentity>> failsOnce =
        () -> {
          if (!failed.getAndSet(true)) {
            throw new OutOfMemoryError("for a moment");
          }
          return live.get();
        };

    start(this::producer, failsOnce, AT_ONCE);

    assertThat(checkpoint(next())).isEqualTo("demo-1");
  }

  @Test
  void shouldTakeItBackAtTheEnd() throws Exception {
    LiveAnnouncer announcer = start(this::producer, NEVER);
    live.set(model("demo-1"));
    announcer.changed();

    announcer.close();
    announcer.changed();

    assertThat(checkpoint(next())).isEqualTo("demo-1");
    ProducerRecord<String, byte[]> last = next();
    assertThat(last.key()).isEqualTo("instance");
    assertThat(last.value()).isNull();
    assertThat(sent).isEmpty();
  }

  @Test
  void shouldHaveNothingToTakeBackWhereNothingWasLive() {
    LiveAnnouncer announcer = start(this::producer, NEVER);

    announcer.close();

    assertThat(sent).isEmpty();
  }

  @Test
  void shouldTryAgainWhereTheBrokerIsAway() throws Exception {
    live.set(model("demo-1"));
    BlockingQueue<Supplier<Producer<String, byte[]>>> opened =
        new LinkedBlockingQueue<>(
            List.of(
                () -> {
                  throw new KafkaException("no address");
                },
                () -> {
                  throw new NoClassDefFoundError("a library is gone");
                },
                LiveAnnouncerTest::failing,
                this::producer));

    start(() -> opened.remove().get(), AT_ONCE);

    assertThat(checkpoint(next())).isEqualTo("demo-1");
    assertThat(opened).isEmpty();
  }

  @Test
  void shouldNotMakeALoadWaitForTheBroker() throws Exception {
    CountDownLatch there = new CountDownLatch(1);
    LiveAnnouncer announcer =
        start(
            () -> {
              await(there);
              return producer();
            },
            NEVER);
    live.set(model("demo-1"));

    announcer.changed();
    boolean saidBefore = !sent.isEmpty();
    there.countDown();

    assertThat(saidBefore).isFalse();
    assertThat(checkpoint(next())).isEqualTo("demo-1");
  }

  @Test
  void shouldNotWarnOfABrokerThatIsAwayAsTheServiceEnds() {
    ListAppender<ILoggingEvent> told = new ListAppender<>();
    told.start();
    Logger logger = (Logger) LoggerFactory.getLogger(LiveRecords.class);
    logger.addAppender(told);
    LiveRecords records = records(LiveAnnouncerTest::interrupted);

    records.write(model("demo-1").orElseThrow());
    records.retract();
    records.close();

    logger.detachAppender(told);
    assertThat(Thread.interrupted()).as("what Kafka's exception does").isTrue();
    assertThat(told.list).isEmpty();
  }

  private LiveAnnouncer start(Supplier<Producer<String, byte[]>> producers, Duration every) {
    return start(producers, live::get, every);
  }

  private LiveAnnouncer start(
      Supplier<Producer<String, byte[]>> producers,
      Supplier<Optional<ModelIdentity>> model,
      Duration every) {
    LiveAnnouncer announcer = new LiveAnnouncer(records(producers), model, every);
    running = Optional.of(announcer);
    announcer.start();
    return announcer;
  }

  private static LiveRecords records(Supplier<Producer<String, byte[]>> producers) {
    return new LiveRecords(
        TOPIC,
        "instance",
        producers,
        RecordSerde.of(LiveModel.class, CONNECTION).serializer(),
        InstantSource.fixed(NOW));
  }

  private MockProducer<String, byte[]> producer() {
    return new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()) {
      @Override
      public synchronized Future<RecordMetadata> send(
          ProducerRecord<String, byte[]> message, Callback callback) {
        sent.add(message);
        return super.send(message, callback);
      }
    };
  }

  /** Takes every record, and then fails to deliver it. */
  private static MockProducer<String, byte[]> failing() {
    return new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer()) {
      @Override
      public synchronized Future<RecordMetadata> send(
          ProducerRecord<String, byte[]> message, Callback callback) {
        Future<RecordMetadata> sending = super.send(message, callback);
        errorNext(new TimeoutException("no answer"));
        return sending;
      }
    };
  }

  /** Waits for a broker that is away until the service ends. */
  private static MockProducer<String, byte[]> interrupted() {
    return new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()) {
      @Override
      public synchronized Future<RecordMetadata> send(
          ProducerRecord<String, byte[]> message, Callback callback) {
        throw new InterruptException(new InterruptedException());
      }
    };
  }

  private ProducerRecord<String, byte[]> next() throws InterruptedException {
    ProducerRecord<String, byte[]> record = sent.poll(30, TimeUnit.SECONDS);
    assertThat(record).as("a record was sent").isNotNull();
    return record;
  }

  private static String checkpoint(ProducerRecord<String, byte[]> record) {
    return value(record).getCheckpointId();
  }

  private static LiveModel value(ProducerRecord<String, byte[]> record) {
    try (RecordSerde<LiveModel> serde = RecordSerde.of(LiveModel.class, CONNECTION)) {
      return serde.deserializer().deserialize(TOPIC, record.value());
    }
  }

  private static Optional<ModelIdentity> model(String id) {
    return Optional.of(new ModelIdentity(id, "demo", 1, Instant.EPOCH));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
