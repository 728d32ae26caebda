package io.radstream.cli.phi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Searches bytes of any kind for canaries, whatever the case of their letters, in UTF-8 (and what
 * agrees with it in ASCII) and UTF-16. All at once, in one pass.
 */
final class CanarySearch {

  /** Shortest form of a canary, in letters. */
  static final int SHORTEST = 8;

  private static final List<Charset> CHARSETS =
      List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

  private static final int CHUNK = 1 << 20;
  private static final int HASH_BITS = 22;

  /** An odd number whose bits look random, as of Knuth's multiplicative hashing. */
  private static final long HASH = 0x9E37_79B9_7F4A_7C15L;

  private record Pattern(Canary canary, byte[] bytes) {}

  /** By their first eight bytes. */
  private final Map<Long, List<Pattern>> patterns = new HashMap<>();

  /** Which first bytes there are, hashed: most places are passed over with one look. */
  private final BitSet heads = new BitSet(1 << HASH_BITS);

  private int longest = SHORTEST;

  CanarySearch(Collection<Canary> canaries) {
    for (Canary canary : canaries) {
      for (String form : canary.forms()) {
        if (form.length() < SHORTEST) {
          throw new IllegalArgumentException("a canary needs %d letters".formatted(SHORTEST));
        }
        CHARSETS.forEach(charset -> add(new Pattern(canary, lower(form.getBytes(charset)))));
      }
    }
  }

  private void add(Pattern pattern) {
    long head = head(pattern.bytes(), 0);
    patterns.computeIfAbsent(head, first -> new ArrayList<>()).add(pattern);
    heads.set(hash(head));
    longest = Math.max(longest, pattern.bytes().length);
  }

  /**
   * @return each canary that is there, and the byte where it first begins, from 0
   */
  Map<Canary, Long> in(byte[] bytes) {
    Map<Canary, Long> found = new LinkedHashMap<>();
    search(lower(bytes), bytes.length, 0, found);
    return found;
  }

  /** The same; read in pieces. */
  Map<Canary, Long> in(InputStream stream) throws IOException {
    Map<Canary, Long> found = new LinkedHashMap<>();
    byte[] window = new byte[CHUNK + longest];
    int kept = 0;
    long before = 0;
    while (true) {
      int read = stream.readNBytes(window, kept, CHUNK);
      int length = kept + read;
      search(lower(window), length, before, found);
      if (read < CHUNK) {
        return found;
      }
      // What begins in this piece may end in the next.
      kept = longest;
      before += length - kept;
      System.arraycopy(window, length - kept, window, 0, kept);
    }
  }

  private void search(byte[] bytes, int length, long before, Map<Canary, Long> found) {
    if (length < Long.BYTES) {
      return;
    }
    long head = head(bytes, 0) >>> Byte.SIZE;
    for (int at = 0; at + Long.BYTES <= length; at++) {
      head = head << Byte.SIZE | (bytes[at + Long.BYTES - 1] & 0xff);
      if (heads.get(hash(head))) {
        for (Pattern pattern : patterns.getOrDefault(head, List.of())) {
          if (matches(pattern.bytes(), bytes, at, length)) {
            found.putIfAbsent(pattern.canary(), before + at);
          }
        }
      }
    }
  }

  private static int hash(long head) {
    return (int) ((head * HASH) >>> (Long.SIZE - HASH_BITS));
  }

  private static boolean matches(byte[] pattern, byte[] bytes, int at, int length) {
    return at + pattern.length <= length
        && Arrays.equals(pattern, 0, pattern.length, bytes, at, at + pattern.length);
  }

  private static long head(byte[] bytes, int at) {
    long head = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      head = head << Byte.SIZE | (bytes[at + i] & 0xff);
    }
    return head;
  }

  private static byte[] lower(byte[] bytes) {
    byte[] lower = bytes.clone();
    for (int i = 0; i < lower.length; i++) {
      if (lower[i] >= 'A' && lower[i] <= 'Z') {
        lower[i] += (byte) ('a' - 'A');
      }
    }
    return lower;
  }
}
