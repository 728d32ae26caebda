package io.radstream.radiology.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Inflater;

/**
 * A chunk of a PNG where it lies in its file; nothing is copied before it is asked for.
 *
 * @param type four letters
 * @param file length, type, content and checksum begin at {@code start}
 * @param length of the content, in bytes
 */
record PngChunk(String type, byte[] file, int start, int length) {

  static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  /** Length and type. */
  private static final int HEAD = 8;

  private static final int CHECKSUM = 4;

  /** The chunks of a file up to its end chunk, which holds nothing and may be missing. */
  static final class Sequence {

    private final ByteBuffer file;

    Sequence(byte[] bytes) {
      file = ByteBuffer.wrap(bytes);
      file.position(SIGNATURE.length);
    }

    /** The next one; empty behind the last. */
    Optional<PngChunk> next() throws UnreadableImageException {
      if (!file.hasRemaining()) {
        return Optional.empty();
      }
      int start = file.position();
      if (file.remaining() < HEAD) {
        throw truncated();
      }
      int length = file.getInt();
      byte[] type = new byte[4];
      file.get(type);
      String name = new String(type, StandardCharsets.ISO_8859_1);
      if (name.equals("IEND")) {
        file.position(file.limit());
        return Optional.empty();
      }
      if (!name.chars().allMatch(Sequence::isLetter)) {
        throw UnreadableImageException.damaged("its PNG chunks make no sense");
      }
      if (length < 0 || length > file.remaining() - CHECKSUM) {
        throw truncated();
      }
      file.position(file.position() + length + CHECKSUM);
      return Optional.of(new PngChunk(name, file.array(), start, length));
    }

    private static boolean isLetter(int character) {
      int small = character | 0x20;
      return small >= 'a' && small <= 'z';
    }

    private static UnreadableImageException truncated() {
      return UnreadableImageException.truncated("it ends within a PNG chunk");
    }
  }

  /** A new one. */
  static PngChunk of(String type, byte[] content) {
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + content.length + CHECKSUM);
    bytes.putInt(content.length).put(type.getBytes(StandardCharsets.ISO_8859_1)).put(content);
    PngChunk chunk = new PngChunk(type, bytes.array(), 0, content.length);
    bytes.putInt((int) chunk.sum());
    return chunk;
  }

  boolean is(String name) {
    return type.equals(name);
  }

  /** Whether who does not know it must not show the picture. */
  boolean critical() {
    return Character.isUpperCase(type.charAt(0));
  }

  /** Whether its checksum is right. */
  boolean isSound() {
    return ByteBuffer.wrap(file).getInt(start + HEAD + length) == (int) sum();
  }

  /** The content; empty where its checksum is wrong. */
  Optional<byte[]> content() {
    int begin = start + HEAD;
    return isSound()
        ? Optional.of(Arrays.copyOfRange(file, begin, begin + length))
        : Optional.empty();
  }

  /** Hands the content over where it lies. */
  void feed(Inflater inflater) {
    inflater.setInput(file, start + HEAD, length);
  }

  /**
   * The content.
   *
   * @throws UnreadableImageException where its checksum is wrong
   */
  byte[] whole() throws UnreadableImageException {
    return content()
        .orElseThrow(
            () ->
                UnreadableImageException.damaged(
                    "the checksum of its PNG chunk " + type + " is wrong"));
  }

  void writeTo(ByteArrayOutputStream out) {
    out.write(file, start, HEAD + length + CHECKSUM);
  }

  /** Over type and content. */
  private long sum() {
    CRC32 sum = new CRC32();
    sum.update(file, start + CHECKSUM, length + CHECKSUM);
    return sum.getValue();
  }
}
