package io.radstream.producers.notice;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RepeatedWarningsTest {

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final ListAppender<ILoggingEvent> told = new ListAppender<>();
  private final RepeatedWarnings warnings = new RepeatedWarnings(logger(), now::get);

  private Logger logger() {
    LoggerContext context = new LoggerContext();
    told.setContext(context);
    told.start();
    Logger logger = context.getLogger("test");
    logger.addAppender(told);
    return logger;
  }

  @Test
  void shouldTellTheSameOnceAMinuteAndHowOftenItWas() {
    for (int time = 0; time < 5; time++) {
      warnings.warn("CT1@10.0.0.1", "not allowed");
    }
    now.set(Instant.EPOCH.plus(Duration.ofMinutes(2)));

    warnings.warn("CT1@10.0.0.1", "not allowed");

    assertThat(told.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "CT1@10.0.0.1: not allowed", "CT1@10.0.0.1: not allowed (4 times more until now)");
  }

  @Test
  void shouldTellPeersAndReasonsApart() {
    warnings.warn("CT1@10.0.0.1", "not allowed");
    warnings.warn("CT2@10.0.0.1", "not allowed");

    warnings.warn("CT1@10.0.0.1", "too many");

    assertThat(told.list).hasSize(3);
  }
}
