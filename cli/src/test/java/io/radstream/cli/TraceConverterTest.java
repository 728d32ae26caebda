package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TraceConverterTest {

  private final Logger ours = (Logger) LoggerFactory.getLogger(Verbosity.OURS);
  private final TraceConverter converter = new TraceConverter();
  private Level before;

  @BeforeEach
  void start() {
    before = ours.getLevel();
    converter.start();
  }

  @AfterEach
  void restore() {
    ours.setLevel(before);
  }

  @Test
  void shouldSayInTheSameLineWhatWasThrown() {
    ours.setLevel(Level.INFO);

    String said =
        converter.convert(event(new IllegalStateException("the broker is gone\nfor now")));

    assertThat(said).isEqualTo(" (IllegalStateException: the broker is gone)\n");
  }

  @Test
  void shouldShowTheTraceWhereDetailsAreAskedFor() {
    ours.setLevel(Level.DEBUG);

    String said = converter.convert(event(new IllegalStateException("gone")));

    assertThat(said)
        .startsWith("\njava.lang.IllegalStateException: gone")
        .contains("TraceConverterTest");
  }

  @Test
  void shouldEndTheLineWhereNothingWasThrown() {
    assertThat(converter.convert(event(null))).isEqualTo("\n");
  }

  private LoggingEvent event(Throwable thrown) {
    return new LoggingEvent(
        TraceConverterTest.class.getName(), ours, Level.WARN, "it", thrown, null);
  }
}
