package io.radstream.cli;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import ch.qos.logback.core.util.FileSize;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.LoggerFactory;

/**
 * The file that the logger {@code radstream.audit} writes to while it is open. Lines are handed to
 * a thread of its own and written at once; where the disk cannot keep up for thousands of lines,
 * lines are dropped, since no answer waits for a log.
 */
final class AuditFile implements Closeable {

  private static final String LOGGER = "radstream.audit";
  private static final FileSize LARGEST = new FileSize(64L << 20);
  private static final int OLDER_FILES = 9;
  private static final int WAITING_LINES = 16_384;

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(AuditFile.class);

  private final Logger logger = (Logger) LoggerFactory.getLogger(LOGGER);
  private final RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
  private final AsyncAppender queue = new AsyncAppender();
  private final StatusListener listener = this::heard;

  /**
   * @throws IOException where the file cannot be written
   */
  AuditFile(Path path) throws IOException {
    // Logback would only print it, and go on without.
    Files.newByteChannel(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
    LoggerContext context = logger.getLoggerContext();
    context.getStatusManager().add(listener);
    file.setContext(context);
    file.setFile(path.toString());
    file.setAppend(true);
    file.setEncoder(encoder(context));
    roll(context, path);
    file.start();
    queue.setContext(context);
    queue.setQueueSize(WAITING_LINES);
    queue.setDiscardingThreshold(0);
    queue.setNeverBlock(true);
    queue.addAppender(file);
    queue.start();
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(queue);
  }

  /** Logback tells of a full disk only whoever listens, and tries again after a while. */
  private void heard(Status status) {
    boolean ofFile = status.getOrigin() == file || status.getOrigin() == file.getOutputStream();
    if (ofFile && status.getLevel() == Status.ERROR) {
      LOG.atError()
          .setCause(status.getThrowable())
          .log("lines of the audit log are lost: its file cannot be written");
    }
  }

  private static PatternLayoutEncoder encoder(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern("%msg%n");
    encoder.start();
    return encoder;
  }

  private void roll(LoggerContext context, Path path) {
    FixedWindowRollingPolicy older = new FixedWindowRollingPolicy();
    older.setContext(context);
    older.setParent(file);
    older.setFileNamePattern(path.toString().replace("%", "\\%") + ".%i");
    older.setMinIndex(1);
    older.setMaxIndex(OLDER_FILES);
    older.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context);
    size.setMaxFileSize(LARGEST);
    size.start();
    file.setRollingPolicy(older);
    file.setTriggeringPolicy(size);
  }

  /** Writes what is waiting. */
  @Override
  public void close() {
    logger.detachAppender(queue);
    logger.setLevel(null);
    logger.setAdditive(true);
    queue.stop();
    file.stop();
    logger.getLoggerContext().getStatusManager().remove(listener);
  }
}
