package io.radstream.deidentification.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists of this package: lines, where # begins a comment. */
final class WordList {

  private WordList() {}

  static List<String> lines(String resource) {
    InputStream stream = WordList.class.getResourceAsStream(resource);
    if (stream == null) {
      throw new IllegalStateException("the resource " + resource + " is missing");
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + resource, e);
    }
  }

  /** All words of a list, several to a line. */
  static Set<String> words(String resource) {
    return lines(resource).stream()
        .flatMap(line -> List.of(line.split(" ", -1)).stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
