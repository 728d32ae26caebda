package io.radstream.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class ViewCounterTest {

  private final ListAppender<ILoggingEvent> told = new ListAppender<>();
  private final ViewCounter views = new ViewCounter(logger());

  private ch.qos.logback.classic.Logger logger() {
    LoggerContext context = new LoggerContext();
    told.setContext(context);
    told.start();
    ch.qos.logback.classic.Logger logger = context.getLogger("test");
    logger.addAppender(told);
    return logger;
  }

  private void decode(int times, boolean original) {
    Collections.nCopies(times, original).forEach(views::decoded);
  }

  @Test
  void shouldWarnOnceWhereNoneHasAnOriginal() {
    decode(1_000, false);

    assertThat(told.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .startsWith("data.views is ORIGINAL, and none of the first 128 views has one");
    assertThat(views.counts()).isEqualTo(new ViewCounts(0, 1_000));
  }

  @Test
  void shouldSayNothingWhereSomeHave() {
    decode(50, false);
    decode(1, true);
    decode(1_000, false);

    assertThat(told.list).isEmpty();
    assertThat(views.counts()).isEqualTo(new ViewCounts(1, 1_050));
  }
}
