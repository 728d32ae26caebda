package io.radstream.producers.dicom.deidentify;

import io.radstream.deidentification.keys.SiteKey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * 128 bits that stand for a file's content and for what is done to it; without the site's key
 * nobody can tell from them which file it was.
 */
record Fingerprint(long high, long low) {

  /** Digits of its text. */
  static final int DIGITS = 32;

  private static final HexFormat HEX = HexFormat.of();

  /**
   * @param settings all that decides what comes out of a file
   */
  static Fingerprint of(byte[] file, String settings, SiteKey key) {
    ByteBuffer hash = ByteBuffer.wrap(key.hash("FILE", settings + '\0' + digest(file)));
    return new Fingerprint(hash.getLong(), hash.getLong());
  }

  /**
   * @throws IllegalArgumentException where it is no text of one
   */
  static Fingerprint parse(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(HEX.parseHex(text));
    if (bytes.remaining() != 2 * Long.BYTES) {
      throw new IllegalArgumentException("a fingerprint has %d digits".formatted(DIGITS));
    }
    return new Fingerprint(bytes.getLong(), bytes.getLong());
  }

  private static String digest(byte[] bytes) {
    try {
      return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return HEX.toHexDigits(high) + HEX.toHexDigits(low);
  }
}
