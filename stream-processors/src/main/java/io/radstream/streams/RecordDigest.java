package io.radstream.streams;

import io.radstream.radiology.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The first half of a record's SHA-256: equal for equal bytes. */
record RecordDigest(long high, long low) {

  /** Of no value. */
  private static final RecordDigest NOTHING = new RecordDigest(0, 0);

  /** Hexadecimal digits of the half that counts. */
  private static final int DIGITS = 32;

  /**
   * @param value of a record; may be null
   */
  static RecordDigest of(byte[] value) {
    if (value == null) {
      return NOTHING;
    }
    MessageDigest digest = Sha256.digest();
    digest.update(value);
    return of(ByteBuffer.wrap(digest.digest()));
  }

  /**
   * @param value of a record; may be null
   * @param more tells equal values apart
   */
  static RecordDigest of(byte[] value, byte[] more) {
    MessageDigest digest = Sha256.digest();
    digest.update(more);
    if (value != null) {
      digest.update(value);
    }
    return of(ByteBuffer.wrap(digest.digest()));
  }

  /**
   * @param hex the whole SHA-256 as text; empty for no value
   */
  static RecordDigest ofHex(String hex) {
    return hex.length() < DIGITS
        ? NOTHING
        : of(ByteBuffer.wrap(HexFormat.of().parseHex(hex, 0, DIGITS)));
  }

  private static RecordDigest of(ByteBuffer bytes) {
    return new RecordDigest(bytes.getLong(), bytes.getLong());
  }
}
