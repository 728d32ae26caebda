package io.radstream.cli;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import net.logstash.logback.encoder.LogstashEncoder;
import org.slf4j.LoggerFactory;

/** How log lines are written. */
enum LogFormat {
  /** For people. */
  TEXT,

  /** For programs: one object a line; key-values and stack traces are fields of it. */
  JSON;

  private static final String APPENDER = "STDERR";

  /** Has all loggers write so; text is what they write anyway. */
  void apply() {
    if (this == JSON
        && LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        && context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(APPENDER)
            instanceof OutputStreamAppender<ILoggingEvent> appender) {
      appender.setEncoder(json(context));
    }
  }

  /** Logback's own JsonEncoder has key-values as a list, and a stack trace as an object a frame. */
  static Encoder<ILoggingEvent> json(LoggerContext context) {
    LogstashEncoder encoder = new LogstashEncoder();
    encoder.setContext(context);
    encoder.setTimeZone("UTC");
    encoder.setVersion(null);
    encoder.start();
    return encoder;
  }
}
