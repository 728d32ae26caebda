package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.NotControllerException;
import org.junit.jupiter.api.Test;

class BrokerNoiseTest {

  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> told = new ListAppender<>();

  BrokerNoiseTest() {
    BrokerNoise noise = new BrokerNoise();
    noise.setContext(context);
    noise.start();
    told.addFilter(noise);
    told.setContext(context);
    told.start();
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(told);
  }

  @Test
  void shouldTellOnlyWhatMatters() {
    Logger sender = context.getLogger("org.apache.kafka.clients.producer.internals.Sender");
    Logger controller = context.getLogger("kafka.server.ControllerApis");
    String tried = "[Producer clientId=p] Got error produce response, retrying. Error: {}";

    sender.warn(tried, "CONCURRENT_TRANSACTIONS");
    sender.warn(tried, "NOT_ENOUGH_REPLICAS");
    controller.error("handling", new CompletionException(new NotControllerException("node 1")));
    controller.error("handling", new IllegalStateException());

    assertThat(told.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "[Producer clientId=p] Got error produce response, retrying. Error: NOT_ENOUGH_REPLICAS",
            "handling");
    assertThat(told.list.get(1).getThrowableProxy().getClassName())
        .isEqualTo(IllegalStateException.class.getName());
  }
}
