package io.radstream.producers.crosswalk;

import java.nio.ByteBuffer;

/** What the entries of a study go by: a keyed hash of its pseudonym, of 128 bits. */
record EntryName(long high, long low) {

  static final int BYTES = 2 * Long.BYTES;

  static EntryName read(ByteBuffer from) {
    return new EntryName(from.getLong(), from.getLong());
  }

  byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }
}
