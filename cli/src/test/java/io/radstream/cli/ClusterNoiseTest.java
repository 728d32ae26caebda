package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ClusterNoiseTest {

  private static final String AWAY =
      "[Producer clientId=p] Connection to node -1 (kafka/10.0.0.1:9092) could not be established.";

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> told = new ListAppender<>();
  private final Logger client = context.getLogger("org.apache.kafka.clients.NetworkClient");

  ClusterNoiseTest() {
    ClusterNoise noise = new ClusterNoise(now::get);
    noise.setContext(context);
    noise.start();
    context.addTurboFilter(noise);
    told.setContext(context);
    told.start();
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(told);
  }

  @Test
  void shouldSayOnceAMinuteThatTheClusterIsTriedAgain() {
    for (int second = 0; second < 150; second++) {
      now.set(Instant.EPOCH.plusSeconds(second));
      client.warn(AWAY);
    }

    assertThat(told.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "the Kafka cluster cannot be reached; trying again",
            "the Kafka cluster cannot be reached: 62 tries in 61 s; trying again",
            "the Kafka cluster cannot be reached: 123 tries in 122 s; trying again");
  }

  @Test
  void shouldCountAnewOnceTheClusterWasBack() {
    client.warn(AWAY);
    now.set(Instant.EPOCH.plusSeconds(3600));

    client.warn(AWAY);

    assertThat(told.list)
        .hasSize(2)
        .allSatisfy(
            event -> assertThat(event.getFormattedMessage()).contains("reached; trying again"));
  }

  /** A client of the registry warns of each address that fails, and tells the error after that. */
  @Test
  void shouldSayOnceThatTheRegistryIsAway() {
    Logger registry = context.getLogger(ClusterNoise.REGISTRY);
    registry.warn("Request to URL {} failed with error: {}. Failing over", "http://r", "refused");

    registry.error("Failed to send HTTP request to endpoint: {}", "http://r");

    assertThat(told.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("the schema registry cannot be reached; trying again");
  }

  @Test
  void shouldLetAllElsePass() {
    client.warn("[Producer clientId=p] The cluster's answer is odd.");
    client.error(AWAY);

    context.getLogger("io.radstream.other").warn(AWAY);

    assertThat(told.list).hasSize(3);
  }
}
