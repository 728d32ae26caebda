package io.radstream.results.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Capital letters, digits and some signs, each of 5 × 7 dots: the same on every machine, where a
 * font need not be installed. Small letters become capitals, and what is not there a question mark.
 */
final class Lettering {

  static final int COLUMNS = 5;
  static final int ROWS = 7;

  private static final char UNKNOWN = '?';
  private static final char DOT = '#';

  /** From one letter to the next, in the file. */
  private static final int PITCH = COLUMNS + 1;

  private static final Map<Character, List<String>> LETTERS = read();

  private Lettering() {}

  /**
   * @param column from 0, from the left
   * @param row from 0, from above
   */
  static boolean isDot(char letter, int column, int row) {
    List<String> rows = LETTERS.get(Character.toUpperCase(letter));
    return (rows == null ? LETTERS.get(UNKNOWN) : rows).get(row).charAt(column) == DOT;
  }

  /** Under a line of letters stand their rows. */
  private static Map<Character, List<String>> read() {
    List<String> lines = text().lines().toList();
    Map<Character, List<String>> letters = new HashMap<>();
    for (int line = 0; line < lines.size(); line += ROWS + 1) {
      String names = lines.get(line);
      List<String> rows = lines.subList(line + 1, line + 1 + ROWS);
      for (int at = 0; at < names.length(); at += PITCH) {
        int left = at;
        letters.put(
            names.charAt(at),
            rows.stream().map(row -> row.substring(left, left + COLUMNS)).toList());
      }
    }
    return Map.copyOf(letters);
  }

  private static String text() {
    try (InputStream in = Lettering.class.getResourceAsStream("letters.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException("letters.txt of this very jar cannot be read", e);
    }
  }
}
