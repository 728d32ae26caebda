package io.radstream.streams;

import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * Equal for equal bytes, and for others once in 2<sup>64</sup> times: enough to tell the few
 * records of one study apart, at a fraction of what SHA-256 of their pixels would take. It proves
 * nothing: that the pixels are the sender's, the digests of the views tell.
 *
 * @param high two checksums of the bytes
 * @param low how many bytes they are
 */
record RecordDigest(long high, long low) {

  /** Of no value. */
  private static final RecordDigest NOTHING = new RecordDigest(0, 0);

  private static final byte[] NO_MORE = {};

  /**
   * @param value of a record; may be null
   */
  static RecordDigest of(byte[] value) {
    return value == null ? NOTHING : of(value, NO_MORE);
  }

  /**
   * @param value of a record; may be null
   * @param more tells equal values apart
   */
  static RecordDigest of(byte[] value, byte[] more) {
    byte[] bytes = value == null ? NO_MORE : value;
    long high = checksum(new CRC32C(), bytes, more) << Integer.SIZE;
    return new RecordDigest(
        high | checksum(new CRC32(), bytes, more), (long) bytes.length + more.length);
  }

  private static long checksum(Checksum checksum, byte[] value, byte[] more) {
    checksum.update(more);
    checksum.update(value);
    return checksum.getValue();
  }
}
