package io.radstream.cli.phi;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** All that is logged while it is open, our own lines in every detail, in a file as well. */
final class LogFile implements AutoCloseable {

  private static final String OURS = "io.radstream";
  private static final String PATTERN = "%d %-5level %logger %kvp %mdc %msg%n%ex{full}";

  private final Logger root;
  private final Logger ours;
  private final Level before;
  private final FileAppender<ILoggingEvent> appender = new FileAppender<>();

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
    root.addAppender(appender);
    ours = context.getLogger(OURS);
    before = ours.getLevel();
    ours.setLevel(Level.TRACE);
  }

  @Override
  public void close() {
    ours.setLevel(before);
    root.detachAppender(appender);
    appender.stop();
  }
}
