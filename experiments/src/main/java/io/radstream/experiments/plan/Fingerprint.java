package io.radstream.experiments.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells settings apart that give other weights. */
final class Fingerprint {

  private static final int SHORT = 8;

  private Fingerprint() {}

  /** SHA-256 in hexadecimal digits, of the values in this order. */
  static String of(Object... values) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Object value : values) {
        byte[] bytes = value.toString().getBytes(StandardCharsets.UTF_8);
        // With its length, so that no two lists of values run together to the same bytes.
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Enough of it for a name. */
  static String shortened(String fingerprint) {
    return fingerprint.substring(0, SHORT);
  }
}
