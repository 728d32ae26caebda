package io.radstream.producers.crosswalk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * One file of a crosswalk: what it is, a salt, a check of the key; then frames, each with its
 * length, the name of its entry, and the entry, sealed. What was erased is zeros. A frame that is
 * not whole is where a process was killed, or where one is writing; {@link FrameScan} reads them.
 */
final class Segment {

  static final int HEADER_BYTES = 8 + Segment.SALT_BYTES + CrosswalkKey.CHECK_BYTES;
  static final int FRAME_BYTES = Integer.BYTES + EntryName.BYTES;
  static final int SALT_BYTES = 16;

  private static final byte[] MAGIC = "RSCWALK1".getBytes(StandardCharsets.US_ASCII);
  private static final String WAY_OUT = "; restore it from a backup, or move it out of the folder";
  private static final int SHORTEST = EntryCipher.NONCE_BYTES + EntryCipher.TAG_BYTES;

  /** Three texts for each of 4,096 images, as long as they come. */
  private static final int LONGEST = 1 << 22;

  private final FileChannel channel;
  private final EntryCipher cipher;

  private Segment(FileChannel channel, EntryCipher cipher) {
    this.channel = channel;
    this.cipher = cipher;
  }

  /** What a new file begins with. */
  static ByteBuffer header(CrosswalkKey key, byte[] salt) {
    return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).put(salt).put(key.check(salt)).flip();
  }

  /**
   * @param channel whose header is whole
   * @throws IOException where it is no crosswalk, or one of another key
   */
  static Segment open(FileChannel channel, Path file, CrosswalkKey key) throws IOException {
    ByteBuffer header = bytes(channel, 0, HEADER_BYTES);
    byte[] magic = new byte[MAGIC.length];
    byte[] salt = new byte[SALT_BYTES];
    byte[] check = new byte[CrosswalkKey.CHECK_BYTES];
    header.get(magic).get(salt).get(check);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new IOException(file + " is no file of a crosswalk" + WAY_OUT);
    }
    if (!MessageDigest.isEqual(check, key.check(salt))) {
      throw new IOException(
          file + " was made with another pseudonym key, or its beginning is damaged" + WAY_OUT);
    }
    return new Segment(channel, new EntryCipher(key.cipher(salt)));
  }

  /** Whether a process that began the file has come as far as its first frame. */
  static boolean hasHeader(FileChannel channel) throws IOException {
    return channel.size() >= HEADER_BYTES;
  }

  EntryCipher cipher() {
    return cipher;
  }

  long size() throws IOException {
    return channel.size();
  }

  /** Whether what is sealed can be as long as that. */
  static boolean isPossible(int length) {
    return length >= SHORTEST && length <= LONGEST;
  }

  ByteBuffer read(long at, int length) throws IOException {
    return bytes(channel, at, length);
  }

  byte[] sealed(long at, int length) throws IOException {
    return bytes(channel, at, length).array();
  }

  static boolean isErased(byte[] sealed) {
    for (byte each : sealed) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  private static ByteBuffer bytes(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new IOException("a file of the crosswalk became shorter while it was read");
      }
    }
    return bytes.flip();
  }
}
