package io.radstream.radiology;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256: names of content, and checksums; lower-case hexadecimal where it is text. */
public final class Sha256 {

  /** Of a file, in bytes. */
  private static final int PIECE = 1 << 16;

  private Sha256() {}

  public static String of(byte[] bytes) {
    return of(ByteBuffer.wrap(bytes));
  }

  /** Leaves the buffer's position where it is. */
  public static String of(ByteBuffer bytes) {
    MessageDigest digest = digest();
    digest.update(bytes.duplicate());
    return hex(digest);
  }

  /** Of the text in UTF-8. */
  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Of a file's content, which may be larger than memory. */
  public static String of(Path file) throws IOException {
    return of(file, () -> {});
  }

  /**
   * The same, by way of a store that may be slow.
   *
   * @param read called after each piece, so that slow can be told from hanging
   */
  public static String of(Path file, Runnable read) throws IOException {
    MessageDigest digest = digest();
    byte[] piece = new byte[PIECE];
    try (InputStream input = Files.newInputStream(file)) {
      for (int count = input.read(piece); count >= 0; count = input.read(piece)) {
        digest.update(piece, 0, count);
        read.run();
      }
    }
    return hex(digest);
  }

  /** For content that comes in pieces. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Of what the digest was given; it is empty again then. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
