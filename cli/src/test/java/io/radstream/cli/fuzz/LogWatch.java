package io.radstream.cli.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Hears all that is logged, as with {@code --verbose}, until it is closed. */
final class LogWatch extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger ours = (Logger) LoggerFactory.getLogger("io.radstream");
  private final Level before = ours.getLevel();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  LogWatch() {
    start();
    ours.setLevel(Level.DEBUG);
    root.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(event.getFormattedMessage());
    if (event.getKeyValuePairs() != null) {
      event.getKeyValuePairs().forEach(pair -> line.append(' ').append(pair.value));
    }
    for (IThrowableProxy e = event.getThrowableProxy(); e != null; e = e.getCause()) {
      line.append(' ').append(e.getMessage());
    }
    lines.add(line.toString());
  }

  /** What was logged since the last time, with the messages of errors that go along. */
  List<String> drain() {
    List<String> drained = new ArrayList<>();
    for (String line = lines.poll(); line != null; line = lines.poll()) {
      drained.add(line);
    }
    return drained;
  }

  @Override
  public void close() {
    root.detachAppender(this);
    ours.setLevel(before);
  }
}
