package io.radstream.producers.dicom.deidentify;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which files a folder has been given, a line each, so that a run that was ended is gone on with.
 * What is not in it is done again, and no harm comes of that. It belongs to one run at a time. Any
 * thread may ask; one adds.
 */
final class DoneFiles implements Closeable {

  private final FileChannel channel;
  private final Set<Fingerprint> done;

  private DoneFiles(FileChannel channel, Set<Fingerprint> done) {
    this.channel = channel;
    this.done = done;
  }

  /**
   * @param file made where there is none
   * @throws IOException where it cannot be read or written, or another run has it
   */
  static DoneFiles open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (!tryLock(channel)) {
        throw new IOException(
            "another run writes into the same folder; wait for it, or name another folder");
      }
      Set<Fingerprint> done = read(file);
      // The last line may have been cut: a new one begins behind it.
      channel.position(channel.size());
      DoneFiles files = new DoneFiles(channel, done);
      files.line("");
      return files;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static Set<Fingerprint> read(Path file) throws IOException {
    Set<Fingerprint> done = ConcurrentHashMap.newKeySet();
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      lines
          .filter(line -> line.matches("[0-9a-f]{" + Fingerprint.DIGITS + "}"))
          .map(Fingerprint::parse)
          .forEach(done::add);
    }
    return done;
  }

  boolean has(Fingerprint file) {
    return done.contains(file);
  }

  void add(Fingerprint file) throws IOException {
    if (done.add(file)) {
      line(file.toString());
    }
  }

  private void line(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((text + '\n').getBytes(StandardCharsets.US_ASCII));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
