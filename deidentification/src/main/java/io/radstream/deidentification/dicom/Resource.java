package io.radstream.deidentification.dicom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A table of this package: tab-separated, under a line of headings. */
record Resource(List<String> headings, List<List<String>> rows) {

  static Resource named(String name) {
    InputStream stream = Resource.class.getResourceAsStream(name);
    if (stream == null) {
      throw new IllegalStateException("the resource " + name + " is missing");
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      List<List<String>> lines = reader.lines().map(line -> List.of(line.split("\t", -1))).toList();
      return new Resource(lines.get(0), lines.subList(1, lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + name, e);
    }
  }
}
