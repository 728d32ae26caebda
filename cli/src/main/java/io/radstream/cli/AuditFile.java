package io.radstream.cli;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * The file that the logger {@code radstream.audit} writes to while it is open. Lines are handed to
 * a thread of its own and written at once; where the disk cannot keep up for thousands of lines,
 * lines are dropped, since no answer waits for a log.
 */
final class AuditFile implements Closeable {

  private static final String LOGGER = "radstream.audit";
  private static final long LARGEST = 64L << 20;
  private static final int OLDER_FILES = 9;
  private static final int WAITING_LINES = 16_384;

  private final Logger logger = (Logger) LoggerFactory.getLogger(LOGGER);
  private final WholeLines file;
  private final AsyncAppender queue = new AsyncAppender();

  /**
   * @throws IOException where the file cannot be written
   */
  AuditFile(Path path) throws IOException {
    LoggerContext context = logger.getLoggerContext();
    file = new WholeLines(path, LARGEST, OLDER_FILES);
    file.setContext(context);
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

  /** Writes what is waiting. */
  @Override
  public void close() {
    logger.detachAppender(queue);
    logger.setLevel(null);
    logger.setAdditive(true);
    queue.stop();
    file.stop();
  }
}
