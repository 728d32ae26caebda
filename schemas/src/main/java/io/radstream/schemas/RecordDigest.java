package io.radstream.schemas;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * Equal for equal bytes, and for others once in 2<sup>64</sup> times: enough to tell the few
 * records of one study apart, and damage on their way, at a fraction of what SHA-256 of their
 * pixels would take. It proves nothing against somebody who means harm.
 *
 * @param high two checksums of the bytes
 * @param low how many bytes they are
 */
public record RecordDigest(long high, long low) {

  /** Of no value. */
  private static final RecordDigest NOTHING = new RecordDigest(0, 0);

  private static final byte[] NO_MORE = {};

  /**
   * @param value of a record; may be null
   */
  public static RecordDigest of(byte[] value) {
    return value == null ? NOTHING : of(value, NO_MORE);
  }

  /**
   * @param value of a record; may be null
   * @param more tells equal values apart
   */
  public static RecordDigest of(byte[] value, byte[] more) {
    byte[] bytes = value == null ? NO_MORE : value;
    long high = checksum(new CRC32C(), bytes, more) << Integer.SIZE;
    return new RecordDigest(
        high | checksum(new CRC32(), bytes, more), (long) bytes.length + more.length);
  }

  /** As it stands in a header: both numbers, the most significant byte first. */
  public byte[] bytes() {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
  }

  private static long checksum(Checksum checksum, byte[] value, byte[] more) {
    checksum.update(more);
    checksum.update(value);
    return checksum.getValue();
  }
}
