package io.radstream.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** All that is logged, as with {@code --verbose}, until it is closed. */
final class CapturedLog implements AutoCloseable {

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Logger ours = (Logger) LoggerFactory.getLogger("io.radstream");
  private final Level before = ours.getLevel();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  CapturedLog() {
    log.start();
    ours.setLevel(Level.DEBUG);
    root.addAppender(log);
  }

  /** Messages, with those of errors that go along. */
  List<String> lines() {
    return List.copyOf(log.list).stream()
        .map(
            event ->
                event.getThrowableProxy() == null
                    ? event.getFormattedMessage()
                    : event.getFormattedMessage() + ' ' + event.getThrowableProxy().getMessage())
        .toList();
  }

  @Override
  public void close() {
    root.detachAppender(log);
    ours.setLevel(before);
  }
}
