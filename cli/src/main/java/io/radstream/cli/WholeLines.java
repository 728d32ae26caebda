package io.radstream.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes messages as lines to the end of a file: each wholly or not at all, so that none stands
 * behind the half of another one where the disk was full for a while. Where a file has grown to its
 * size it is put aside. For one thread at a time, as Logback has it.
 */
final class WholeLines extends AppenderBase<ILoggingEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(WholeLines.class);

  private final Path path;
  private final long largest;
  private final int older;

  /**
   * No channel, which would be closed where the thread is interrupted, as Logback does at its end.
   */
  private RandomAccessFile file;

  /** Since the last line that was written. */
  private long lost;

  /**
   * @param largest bytes of a file, but for its last line
   * @param older files that are kept beside it, {@code path.1} the newest
   * @throws IOException where the file cannot be opened
   */
  WholeLines(Path path, long largest, int older) throws IOException {
    this.path = path;
    this.largest = largest;
    this.older = older;
    this.file = open();
  }

  private RandomAccessFile open() throws IOException {
    return new RandomAccessFile(path.toFile(), "rw");
  }

  @Override
  protected void append(ILoggingEvent event) {
    try {
      if (file.length() >= largest) {
        putAside();
      }
      write((event.getFormattedMessage() + '\n').getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      if (lost++ == 0) {
        LOG.atError()
            .setCause(e)
            .log("lines of the audit log are lost: its file cannot be written");
      }
      return;
    }
    if (lost > 0) {
      LOG.atWarn().addKeyValue("lost", lost).log("lines of the audit log are written again");
      lost = 0;
    }
  }

  private void write(byte[] line) throws IOException {
    long before = file.length();
    try {
      file.seek(before);
      file.write(line);
    } catch (IOException e) {
      try {
        // There is always room for less.
        file.setLength(before);
      } catch (IOException more) {
        e.addSuppressed(more);
      }
      throw e;
    }
  }

  /**
   * The new file comes first: where none can be made, as without room or free descriptors, all that
   * is there keeps its place. Otherwise each further line would push the oldest file out.
   */
  private void putAside() throws IOException {
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    RandomAccessFile next = new RandomAccessFile(fresh.toFile(), "rw");
    try {
      shift();
      Files.move(fresh, path);
    } catch (IOException e) {
      next.close();
      throw e;
    }
    RandomAccessFile full = file;
    file = next;
    full.close();
  }

  private void shift() throws IOException {
    for (int number = older - 1; number >= 0; number--) {
      Path from = number == 0 ? path : numbered(number);
      if (Files.exists(from)) {
        Files.move(from, numbered(number + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Path numbered(int number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }

  @Override
  public void stop() {
    super.stop();
    try {
      file.close();
    } catch (IOException e) {
      LOG.atError().setCause(e).log("the audit log could not be closed");
    }
  }
}
