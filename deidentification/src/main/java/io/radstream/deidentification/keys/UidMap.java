package io.radstream.deidentification.keys;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Gives each UID another one under the key: 128 bits of its hash below the root for UIDs of that
 * size, 2.25. The same UID gives the same, so that references stay whole.
 */
public record UidMap(SiteKey key) {

  private static final String ROOT = "2.25.";
  private static final int BYTES = 16;

  /** At most 44 characters. */
  public String map(String uid) {
    byte[] hash = key.hash("UID", uid.strip());
    return ROOT + new BigInteger(1, Arrays.copyOf(hash, BYTES));
  }
}
