package io.radstream.cli.phi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

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

  private record Pattern(Canary canary, byte[] bytes) {}

  /** By their first eight bytes. */
  private final Map<Long, List<Pattern>> patterns = new HashMap<>();

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
    patterns.computeIfAbsent(head(pattern.bytes(), 0), first -> new ArrayList<>()).add(pattern);
    longest = Math.max(longest, pattern.bytes().length);
  }

  /** All files below a directory, by content and by name. */
  List<Leak> in(Path directory) throws IOException {
    List<Leak> leaks = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(directory)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      String name = directory.relativize(file).toString();
      leaks.addAll(in("the name of a file", name.getBytes(StandardCharsets.UTF_8)));
      try (InputStream stream = Files.newInputStream(file)) {
        leaks.addAll(in(name, stream));
      } catch (NoSuchFileException e) {
        // Whatever runs has deleted it since the walk: it is no place to leak to.
      }
    }
    return leaks;
  }

  List<Leak> in(String where, byte[] bytes) {
    Set<Canary> found = new LinkedHashSet<>();
    search(lower(bytes), bytes.length, found);
    return leaks(where, found);
  }

  private List<Leak> in(String where, InputStream stream) throws IOException {
    Set<Canary> found = new LinkedHashSet<>();
    byte[] window = new byte[CHUNK + longest];
    int kept = 0;
    while (true) {
      int read = stream.readNBytes(window, kept, CHUNK);
      int length = kept + read;
      search(lower(window), length, found);
      if (read < CHUNK) {
        return leaks(where, found);
      }
      // What begins in this piece may end in the next.
      kept = longest;
      System.arraycopy(window, length - kept, window, 0, kept);
    }
  }

  private static List<Leak> leaks(String where, Set<Canary> found) {
    return found.stream().map(canary -> new Leak(canary.place(), where)).toList();
  }

  private void search(byte[] bytes, int length, Set<Canary> found) {
    if (length < Long.BYTES) {
      return;
    }
    long head = head(bytes, 0) >>> Byte.SIZE;
    for (int at = 0; at + Long.BYTES <= length; at++) {
      head = head << Byte.SIZE | (bytes[at + Long.BYTES - 1] & 0xff);
      for (Pattern pattern : patterns.getOrDefault(head, List.of())) {
        if (matches(pattern.bytes(), bytes, at, length)) {
          found.add(pattern.canary());
        }
      }
    }
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
