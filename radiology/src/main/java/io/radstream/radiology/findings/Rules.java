package io.radstream.radiology.findings;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Reads the tables of rules, which are part of the program. */
final class Rules {

  private Rules() {}

  /** Lines that are no comment, in columns; the last column may have the sign that parts them. */
  static List<List<String>> read(String file, int columns) {
    try (InputStream in = Rules.class.getResourceAsStream(file);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> Arrays.stream(line.split("\\|", columns)).map(String::strip).toList())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is part of the program", e);
    }
  }

  /** The same of whole words only. */
  static String words(String expression) {
    return "(?<![a-z0-9])(?:" + expression + ")(?![a-z0-9])";
  }
}
