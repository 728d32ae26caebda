package io.radstream.producers.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces identifiers by a keyed hash (HMAC-SHA256). With the same key the same identifier always
 * gives the same pseudonym; without the key nobody can find out which identifier it was, not even
 * by trying them all. Thread-safe.
 */
public final class Pseudonymizer {

  /** Shortest key, in bytes. */
  public static final int MIN_KEY_BYTES = 16;

  private static final String DEMO_KEY = "radstream demo key: not secret";
  private static final String ALGORITHM = "HmacSHA256";

  /** 128 bits: collisions need some 10^19 identifiers. */
  private static final int PSEUDONYM_BYTES = 16;

  /** What an identifier identifies; the same text names other things in other spaces. */
  enum Space {
    PATIENT,
    STUDY,
    VIEW,
    MARK
  }

  private final SecretKeySpec key;

  private Pseudonymizer(byte[] key) {
    if (key.length < MIN_KEY_BYTES) {
      throw new IllegalArgumentException(
          "the pseudonym key has %d bytes; at least %d are needed"
              .formatted(key.length, MIN_KEY_BYTES));
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /**
   * @param secret the key's text, without regard to white space around it
   * @throws IllegalArgumentException where it is shorter than {@link #MIN_KEY_BYTES}
   */
  public static Pseudonymizer withKey(String secret) {
    return new Pseudonymizer(secret.strip().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @param file holds the key as text
   * @throws IOException where it cannot be read as text
   * @throws IllegalArgumentException where the key is shorter than {@link #MIN_KEY_BYTES}
   */
  public static Pseudonymizer withKeyFile(Path file) throws IOException {
    return withKey(Files.readString(file));
  }

  /** A key that everybody knows: for synthetic and public studies only. */
  public static Pseudonymizer demo() {
    return withKey(DEMO_KEY);
  }

  /** What a study is called on the topics. */
  public String study(String identifier) {
    return pseudonym(Space.STUDY, identifier);
  }

  /** What a view is called on the topics. */
  String view(String study, String key) {
    return pseudonym(Space.VIEW, study + '\0' + key);
  }

  String pseudonym(Space space, String identifier) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      String message = space.name() + '\0' + identifier;
      byte[] hash = mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, PSEUDONYM_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
