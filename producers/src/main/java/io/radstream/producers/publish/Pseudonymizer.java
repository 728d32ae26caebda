package io.radstream.producers.publish;

import io.radstream.deidentification.keys.SiteKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Replaces identifiers by a keyed hash (HMAC-SHA256). With the same key the same identifier always
 * gives the same pseudonym; without the key nobody can find out which identifier it was, not even
 * by trying them all. Thread-safe.
 */
public final class Pseudonymizer {

  /** Shortest key, in bytes. */
  public static final int MIN_KEY_BYTES = SiteKey.MIN_BYTES;

  /** Of a report of which no time is known. */
  public static final int NO_TIME = 1;

  private static final long MOST_MOVED = Duration.ofDays(3 * 365).toSeconds();

  private static final String DEMO_KEY = "radstream demo key: not secret";

  /** 128 bits: collisions need some 10^19 identifiers. */
  private static final int PSEUDONYM_BYTES = 16;

  /** What an identifier identifies; the same text names other things in other spaces. */
  enum Space {
    PATIENT,
    STUDY,
    VIEW,
    REPORT,
    MARK
  }

  private final SiteKey key;

  private Pseudonymizer(SiteKey key) {
    this.key = key;
  }

  /**
   * @param secret the key's text, without regard to white space around it
   * @throws IllegalArgumentException where it is shorter than {@link #MIN_KEY_BYTES}
   */
  public static Pseudonymizer withKey(String secret) {
    return new Pseudonymizer(SiteKey.of(secret));
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

  /** The key itself, for what else is made with it: shifted dates, mapped UIDs. */
  public SiteKey key() {
    return key;
  }

  /** What a study is called on the topics. */
  public String study(String identifier) {
    return pseudonym(Space.STUDY, identifier);
  }

  /** What a patient is called on the topics. */
  public String patient(String identifier) {
    return pseudonym(Space.PATIENT, identifier);
  }

  /**
   * What a report is called on the topics, in whichever study it stands.
   *
   * @param key names the report, the same whenever a source tells of it
   */
  public String report(String key) {
    return pseudonym(Space.REPORT, key);
  }

  /**
   * A time of a report, moved on by up to three years: for all that have this identifier by as
   * much, so that they keep their order, and the time itself is not told.
   *
   * @param seconds since some moment; {@link #NO_TIME} stays as it is
   */
  public int moved(String identifier, int seconds) {
    if (seconds <= NO_TIME) {
      return seconds;
    }
    long by = Math.floorMod(ByteBuffer.wrap(key.hash("TIME", identifier)).getLong(), MOST_MOVED);
    return (int) Math.min(Integer.MAX_VALUE, seconds + by);
  }

  /** What a view is called on the topics. */
  String view(String study, String key) {
    return pseudonym(Space.VIEW, study + '\0' + key);
  }

  String pseudonym(Space space, String identifier) {
    return HexFormat.of().formatHex(key.hash(space.name(), identifier), 0, PSEUDONYM_BYTES);
  }
}
