package io.radstream.cli.phi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Where canaries were found: topic, partition and offset of a record, line of a page, byte of a
 * file. Each is told once for each topic, page or file. Not thread-safe.
 */
final class Findings {

  private final CanarySearch search;
  private final List<Leak> leaks = new ArrayList<>();

  /** The broker's own files show again what its records show. */
  private final Set<Told> toldOfTopics = new HashSet<>();

  private record Told(Canary canary, String partition) {}

  Findings(CanarySearch search) {
    this.search = search;
  }

  void add(Leak leak) {
    leaks.add(leak);
  }

  List<Leak> all() {
    return leaks.stream().distinct().toList();
  }

  void record(ConsumerRecord<byte[], byte[]> record) {
    part(record, "key", record.key());
    part(record, "value", record.value());
    for (Header header : record.headers()) {
      part(record, "header", header.value());
      part(record, "name of a header", header.key().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** For people. */
  static String place(ConsumerRecord<byte[], byte[]> record) {
    return "topic %s, partition %d, offset %d"
        .formatted(record.topic(), record.partition(), record.offset());
  }

  private void part(ConsumerRecord<byte[], byte[]> record, String part, byte[] bytes) {
    if (bytes == null) {
      return;
    }
    for (Canary canary : search.in(bytes).keySet()) {
      if (toldOfTopics.add(new Told(canary, record.topic() + "-" + record.partition()))) {
        add(canary.leak(place(record) + ", " + part));
      }
    }
  }

  /**
   * What a service answers.
   *
   * @param page its path
   */
  void page(String page, byte[] answer) {
    search
        .in(answer)
        .forEach((canary, at) -> add(canary.leak("page %s, %s".formatted(page, line(answer, at)))));
  }

  /** Which line of a text, and of which metric, where it is one of metrics. */
  private static String line(byte[] text, long at) {
    String before = new String(text, 0, (int) at, StandardCharsets.UTF_8);
    long number = 1 + before.chars().filter(c -> c == '\n').count();
    String line = before.substring(before.lastIndexOf('\n') + 1);
    int end = line.indexOf('{');
    return end > 0
        ? "line %d, metric %s".formatted(number, line.substring(0, end))
        : "line " + number;
  }

  /** All files below a directory, by content and by name. */
  void files(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(directory)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      file(directory.relativize(file), file);
    }
  }

  private void file(Path name, Path file) throws IOException {
    Map<Canary, Long> named = search.in(name.toString().getBytes(StandardCharsets.UTF_8));
    // A name that tells must not be told again here.
    String shown = named.isEmpty() ? name.toString() : "whose name tells, too";
    named.keySet().forEach(canary -> add(canary.leak("the name of a file")));
    String partition = file.toAbsolutePath().getParent().getFileName().toString();
    try (InputStream stream = Files.newInputStream(file)) {
      search
          .in(stream)
          .forEach(
              (canary, at) -> {
                if (!toldOfTopics.contains(new Told(canary, partition))) {
                  add(canary.leak("file %s, byte %d".formatted(shown, at)));
                }
              });
    } catch (NoSuchFileException e) {
      // Whatever runs has deleted it since the walk: it is no place to leak to.
    }
  }
}
