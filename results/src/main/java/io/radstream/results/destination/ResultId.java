package io.radstream.results.destination;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Which score it is. Everything that receivers know a result by follows from this, so that what is
 * sent twice is the same thing twice.
 *
 * @param studyId the study's pseudonym
 * @param revision of the views that were scored
 */
public record ResultId(String studyId, long revision, String checkpointId) {

  private static final String ROOT = "2.25.";
  private static final int UUID_BYTES = 16;

  /** RFC 9562, 5.8: a UUID made by a rule of its own. */
  private static final int VERSION = 0x80;

  private static final int VARIANT = 0x80;

  /**
   * A UID that is made from a UUID (PS3.5, B.2).
   *
   * @param what of the result it names: document, series
   */
  public String uid(String what) {
    byte[] uuid = Arrays.copyOf(digest(what), UUID_BYTES);
    uuid[6] = (byte) ((uuid[6] & 0x0F) | VERSION);
    uuid[8] = (byte) ((uuid[8] & 0x3F) | VARIANT);
    return ROOT + new BigInteger(1, uuid);
  }

  /**
   * Lower case hexadecimal digits.
   *
   * @param what of the result they name
   * @param digits an even number, at most 64
   */
  public String hex(String what, int digits) {
    return HexFormat.of().formatHex(digest(what), 0, digits / 2);
  }

  private byte[] digest(String what) {
    String text =
        String.join("\0", "radstream result", what, studyId, Long.toString(revision), checkpointId);
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
