package io.radstream.producers.crosswalk;

import io.radstream.deidentification.keys.SiteKey;
import io.radstream.producers.publish.KnownStudy;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Adds entries to a crosswalk. Each process has a file of its own meanwhile, and goes on where an
 * earlier one has ended; where that was killed within an entry, it begins another file, so that
 * nothing is ever written over. Thread-safe.
 */
public final class CrosswalkWriter implements Closeable {

  private static final int MOST_FILES = 999_999;

  private final CrosswalkKey key;
  private final FileChannel channel;
  private final EntryCipher cipher;
  private final Object forcing = new Object();
  private long written;
  private long forced;

  private CrosswalkWriter(CrosswalkKey key, FileChannel channel, EntryCipher cipher, long written) {
    this.key = key;
    this.channel = channel;
    this.cipher = cipher;
    this.written = written;
    this.forced = written;
  }

  /**
   * @param folder made where it is missing
   * @throws IOException where it cannot be written to, or was made with another key; the message
   *     names the file
   */
  public static CrosswalkWriter open(Path folder, SiteKey siteKey) throws IOException {
    CrosswalkFolder files = new CrosswalkFolder(folder);
    files.create();
    CrosswalkKey key = new CrosswalkKey(siteKey);
    for (int number = 1; number <= MOST_FILES; number++) {
      Optional<CrosswalkWriter> writer = claimed(files.file(number), key);
      if (writer.isPresent()) {
        return writer.get();
      }
    }
    throw new IOException(folder + " has no room for another file");
  }

  private static Optional<CrosswalkWriter> claimed(Path file, CrosswalkKey key) throws IOException {
    FileChannel channel = CrosswalkFolder.writing(file);
    boolean kept = false;
    try {
      if (!isOurs(channel)) {
        return Optional.empty();
      }
      if (channel.size() == 0) {
        begin(channel, key);
      } else if (!Segment.hasHeader(channel)) {
        return Optional.empty();
      }
      Segment segment = Segment.open(channel, file, key);
      long end = new FrameScan(segment, (name, at, length) -> {}).run(Segment.HEADER_BYTES);
      kept = end == channel.size();
      return kept
          ? Optional.of(new CrosswalkWriter(key, channel, segment.cipher(), end))
          : Optional.empty();
    } finally {
      if (!kept) {
        channel.close();
      }
    }
  }

  /** The lock ends with the channel, and with the process. */
  private static boolean isOurs(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static void begin(FileChannel channel, CrosswalkKey key) throws IOException {
    byte[] salt = new byte[Segment.SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    write(channel, Segment.header(key, salt), 0);
    channel.force(true);
  }

  /**
   * Notes by what others know a study; it is on the disk when this returns.
   *
   * @param studyId the study's pseudonym
   * @throws IOException where that cannot be; nothing is noted then
   */
  public void note(String studyId, KnownStudy study) throws IOException {
    EntryName name = key.name(studyId);
    byte[] sealed = cipher.seal(name, study);
    ByteBuffer frame = ByteBuffer.allocate(Segment.FRAME_BYTES + sealed.length);
    frame.putInt(sealed.length).put(name.bytes()).put(sealed).flip();
    force(append(frame));
  }

  private synchronized long append(ByteBuffer frame) throws IOException {
    long begin = written;
    int length = frame.remaining();
    try {
      write(channel, frame, begin);
    } catch (IOException e) {
      // Half an entry would be taken for damage.
      channel.truncate(begin);
      throw e;
    }
    written = begin + length;
    return written;
  }

  /** Entries that were written while others were forced to the disk go there together. */
  private void force(long end) throws IOException {
    synchronized (forcing) {
      if (forced >= end) {
        return;
      }
      long all;
      synchronized (this) {
        all = written;
      }
      channel.force(false);
      forced = all;
    }
  }

  private static void write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
    long place = at;
    while (bytes.hasRemaining()) {
      place += channel.write(bytes, place);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
