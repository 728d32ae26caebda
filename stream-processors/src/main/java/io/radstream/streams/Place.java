package io.radstream.streams;

import java.nio.ByteBuffer;

/**
 * How far a partition has been dealt with: kept with the state, so that whoever takes the partition
 * over goes on as if nothing had happened.
 *
 * @param offset of the last record
 * @param time stream time then, the latest of all records' so far, in milliseconds
 */
record Place(long offset, long time) {

  /** Before the first record, and where an older version kept none. */
  static final Place UNKNOWN = new Place(-1, -1);

  boolean isKnown() {
    return offset >= 0;
  }

  Place at(long newOffset, long recordTime) {
    return new Place(newOffset, Math.max(time, recordTime));
  }

  byte[] write() {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(offset).putLong(time).array();
  }

  static Place read(byte[] bytes) {
    if (bytes == null) {
      return UNKNOWN;
    }
    ByteBuffer fields = ByteBuffer.wrap(bytes);
    return new Place(fields.getLong(), fields.getLong());
  }
}
