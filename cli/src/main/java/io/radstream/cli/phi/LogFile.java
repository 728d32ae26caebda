package io.radstream.cli.phi;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * All that is logged while it is open, in a file: our own lines in every detail, of which people
 * see warnings as before.
 */
final class LogFile implements AutoCloseable {

  private static final String OURS = "io.radstream";
  private static final String PATTERN = "%d %-5level %logger %kvp %mdc %msg%n%ex{full}";

  private final Logger root;
  private final Logger ours;
  private final Level before;
  private final FileAppender<ILoggingEvent> appender = new FileAppender<>();
  private final Warnings warnings;

  /** What people are to see of what is written in detail. */
  private static final class Warnings extends AppenderBase<ILoggingEvent> {

    private final Logger target;

    Warnings(Logger target) {
      this.target = target;
    }

    @Override
    protected void append(ILoggingEvent event) {
      if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
        target.callAppenders(event);
      }
    }
  }

  LogFile(Path file) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(encoder);
    appender.start();
    root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    warnings = new Warnings(root);
    warnings.setContext(context);
    warnings.start();
    ours = context.getLogger(OURS);
    before = ours.getLevel();
    ours.setLevel(Level.TRACE);
    ours.setAdditive(false);
    ours.addAppender(appender);
    ours.addAppender(warnings);
    root.addAppender(appender);
  }

  @Override
  public void close() {
    root.detachAppender(appender);
    ours.detachAppender(warnings);
    ours.detachAppender(appender);
    ours.setAdditive(true);
    ours.setLevel(before);
    appender.stop();
  }
}
