package io.radstream.trainer.augment;

import io.radstream.radiology.Sha256;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decoded views in a file of bounded size, so that many epochs over more studies than memory holds
 * decode each view once. The SHA-256 of the decoder's version and the encoded bytes names a view
 * and the set of places where it may lie; a checksum tells a place that was written in part. What
 * is lost, damaged or of another version is decoded again: the file can be deleted at any time.
 * Read and written by position and not mapped, since a full disk would end a process that writes to
 * a map.
 *
 * <p>Thread-safe; several processes may share a file.
 */
public final class ViewStore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ViewStore.class);

  /** Places that a view may have; a full set gives up one of them. */
  private static final int WAYS = 8;

  private static final int KEY = 32;
  private static final int HEADER = KEY + Integer.BYTES;
  private static final int LOCKS = 64;
  private static final byte[] NOTHING = new byte[KEY];

  private final FileChannel channel;
  private final Path file;
  private final int side;
  private final long sets;
  private final Object[] locks = new Object[LOCKS];
  private volatile boolean broken;

  private ViewStore(FileChannel channel, Path file, int side, long sets) {
    this.channel = channel;
    this.file = file;
    this.side = side;
    this.sets = sets;
    Arrays.setAll(locks, i -> new Object());
  }

  /**
   * @param directory made where it is not there; holds pictures of patients
   * @param bytes most that the file may take, at least one set of places; with another number than
   *     before, views are decoded anew
   * @param side of each view, in pixels
   * @throws IOException where the file cannot be opened
   */
  public static ViewStore open(Path directory, long bytes, int side) throws IOException {
    Files.createDirectories(directory);
    long sets = Math.max(1, bytes / setBytes(side));
    Path file = directory.resolve("views-" + side);
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    channel.truncate(sets * setBytes(side));
    return new ViewStore(channel, file, side, sets);
  }

  private static long setBytes(int side) {
    return (long) WAYS * (HEADER + side * side);
  }

  /** Names the view of these encoded bytes, as this version decodes them. */
  static byte[] key(byte[] encoded) {
    MessageDigest digest = Sha256.digest();
    digest.update((byte) ImageDecoder.VERSION);
    return digest.digest(encoded);
  }

  /** Names the view of an object with this digest, without the object. */
  static byte[] keyOfOriginal(String sha256) {
    MessageDigest digest = Sha256.digest();
    digest.update((byte) ImageDecoder.VERSION);
    return digest.digest(("original " + sha256).getBytes(StandardCharsets.US_ASCII));
  }

  /** The decoded view; empty where it is not here. */
  Optional<GrayImage> find(byte[] key) {
    return broken ? Optional.empty() : attempt(key, () -> read(key)).flatMap(found -> found);
  }

  /** Keeps a decoded view of the store's side. */
  void put(byte[] key, GrayImage view) {
    if (!broken && view.width() == side && view.height() == side) {
      attempt(key, () -> write(key, view.pixels()));
    }
  }

  private Optional<GrayImage> read(byte[] key) throws IOException {
    ByteBuffer headers = headers(key);
    int way = way(headers, key);
    if (way < 0) {
      return Optional.empty();
    }
    byte[] pixels = new byte[side * side];
    ByteBuffer target = ByteBuffer.wrap(pixels);
    fill(target, place(key, way));
    boolean whole = !target.hasRemaining();
    return whole && headers.getInt(way * HEADER + KEY) == checksum(key, pixels)
        ? Optional.of(new GrayImage(side, side, pixels))
        : Optional.empty();
  }

  private boolean write(byte[] key, byte[] pixels) throws IOException {
    ByteBuffer headers = headers(key);
    int own = way(headers, key);
    int free = own < 0 ? way(headers, NOTHING) : own;
    int way = free < 0 ? Math.floorMod(key[KEY - 1], WAYS) : free;
    drain(ByteBuffer.wrap(pixels), place(key, way));
    ByteBuffer header = ByteBuffer.allocate(HEADER).put(key).putInt(checksum(key, pixels)).flip();
    drain(header, start(key) + (long) way * HEADER);
    return true;
  }

  /** Of the key's set; zeros where the file does not reach that far yet. */
  private ByteBuffer headers(byte[] key) throws IOException {
    ByteBuffer headers = ByteBuffer.allocate(WAYS * HEADER);
    fill(headers, start(key));
    return headers;
  }

  private static int way(ByteBuffer headers, byte[] key) {
    for (int way = 0; way < WAYS; way++) {
      if (headers.slice(way * HEADER, KEY).equals(ByteBuffer.wrap(key))) {
        return way;
      }
    }
    return -1;
  }

  private long start(byte[] key) {
    return Math.floorMod(ByteBuffer.wrap(key).getLong(), sets) * setBytes(side);
  }

  private long place(byte[] key, int way) {
    return start(key) + (long) WAYS * HEADER + (long) way * side * side;
  }

  private static int checksum(byte[] key, byte[] pixels) {
    CRC32C checksum = new CRC32C();
    checksum.update(key);
    checksum.update(pixels);
    return (int) checksum.getValue();
  }

  private void fill(ByteBuffer target, long position) throws IOException {
    long next = position;
    int read = 0;
    while (target.hasRemaining() && read >= 0) {
      read = channel.read(target, next);
      next += Math.max(0, read);
    }
  }

  private void drain(ByteBuffer source, long position) throws IOException {
    long next = position;
    while (source.hasRemaining()) {
      next += channel.write(source, next);
    }
  }

  private interface Access<T> {

    T run() throws IOException;
  }

  /** A store that fails is not asked again: the run goes on without it. */
  private <T> Optional<T> attempt(byte[] key, Access<T> access) {
    synchronized (locks[Math.floorMod(key[0], LOCKS)]) {
      try {
        return Optional.of(access.run());
      } catch (ClosedChannelException e) {
        broken = true; // the run ends
        return Optional.empty();
      } catch (IOException e) {
        broken = true;
        LOG.warn("{} cannot be used any more, views are decoded each time: {}", file, e.toString());
        return Optional.empty();
      }
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("{} could not be closed: {}", file, e.toString());
    }
  }
}
