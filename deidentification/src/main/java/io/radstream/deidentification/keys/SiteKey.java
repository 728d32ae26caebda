package io.radstream.deidentification.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of a site: whoever has it can tell whether an identifier belongs to a pseudonym, and
 * undo shifted dates; without it nobody can, not even by trying all identifiers. Thread-safe.
 */
public final class SiteKey {

  /** Shortest key, in bytes. */
  public static final int MIN_BYTES = 16;

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private SiteKey(byte[] key) {
    if (key.length < MIN_BYTES) {
      throw new IllegalArgumentException(
          "the pseudonym key has %d bytes; at least %d are needed"
              .formatted(key.length, MIN_BYTES));
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /**
   * @param secret the key's text, without regard to white space around it
   * @throws IllegalArgumentException where it is shorter than {@link #MIN_BYTES}
   */
  public static SiteKey of(String secret) {
    return new SiteKey(secret.strip().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * HMAC-SHA256 of an identifier.
   *
   * @param space what the identifier identifies: the same text names other things in other spaces
   * @return 32 bytes
   */
  public byte[] hash(String space, String identifier) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal((space + '\0' + identifier).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
