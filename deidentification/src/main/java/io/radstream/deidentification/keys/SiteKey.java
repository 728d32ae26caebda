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

  private static final int HASH_BYTES = 32;

  /** As many blocks of a hash as a byte can number. */
  private static final int MOST_DERIVED = 255 * HASH_BYTES;

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
    return mac(key, (space + '\0' + identifier).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Another key, by HKDF with SHA-256 (RFC 5869): whoever has it learns nothing of this one, nor of
   * others that are derived.
   *
   * @param salt may be public; another salt, another key
   * @param info what the key is for
   * @param length of the key in bytes, 1 to 8160
   */
  public byte[] derive(byte[] salt, byte[] info, int length) {
    if (length < 1 || length > MOST_DERIVED) {
      throw new IllegalArgumentException("a key of 1 to %d bytes".formatted(MOST_DERIVED));
    }
    byte[] none = new byte[HASH_BYTES];
    SecretKeySpec salted = new SecretKeySpec(salt.length == 0 ? none : salt, ALGORITHM);
    SecretKeySpec extracted = new SecretKeySpec(mac(salted, key.getEncoded()), ALGORITHM);
    byte[] derived = new byte[length];
    byte[] block = {};
    for (int made = 0, number = 1; made < length; number++) {
      block = mac(extracted, block, info, new byte[] {(byte) number});
      int count = Math.min(block.length, length - made);
      System.arraycopy(block, 0, derived, made, count);
      made += count;
    }
    return derived;
  }

  private static byte[] mac(SecretKeySpec key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
