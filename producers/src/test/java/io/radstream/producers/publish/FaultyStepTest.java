package io.radstream.producers.publish;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.producers.phantom.SyntheticSource;
import io.radstream.producers.publish.StudyPublisher.Manner;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.TopicNames;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a part that does harm to the program leaves in the log. */
class FaultyStepTest {

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  @BeforeEach
  void listen() {
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void leave() {
    root.detachAppender(log);
  }

  @Test
  void shouldRefuseThePartAndLogNothingThatTheFaultQuotes() {
    PartStep faulty =
        part -> {
          throw new IllegalStateException("no such name: MUELLER", new Throwable("MUELLER"));
        };

    PublishSummary summary = publish(faulty);

    assertThat(summary.refused()).isEqualTo(Map.of(RejectionReason.OTHER, 1L));
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .anyMatch(it -> it.contains("IllegalStateException at io.radstream"))
        .noneMatch(it -> it.contains("MUELLER"));
    assertThat(log.list).extracting(ILoggingEvent::getThrowableProxy).containsOnlyNulls();
  }

  @Test
  void shouldFailThePartWhereMemoryIsUsedUp() {
    PartStep large =
        part -> {
          throw new OutOfMemoryError("Java heap space");
        };

    PublishSummary summary = publish(large);

    assertThat(summary.refused()).isEmpty();
    assertThat(summary.failed()).isEqualTo(1);
    assertThat(summary.failures().get(0)).contains("not enough memory", "-Xmx");
  }

  private static PublishSummary publish(PartStep step) {
    MockProducer<String, byte[]> producer =
        new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    try (StudyPublisher publisher =
        StudyPublisher.over(
            producer,
            new KafkaConnection("unused:1", "mock://faulty", new TopicNames("")),
            new Manner(Pseudonymizer.demo(), 64, List.of(step)),
            Workers.callers(),
            InstantSource.fixed(Instant.EPOCH))) {
      return publisher.publish(
          new SyntheticSource(new PhantomGenerator(48, 2), 1, 0, 1), PublishProgress.NONE);
    }
  }
}
