package io.radstream.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of the source tree that are not compiled. */
final class ProjectFiles {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private ProjectFiles() {}

  static Path path(String name) {
    return ROOT.resolve(name);
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** README and the like, and everything under docs. */
  static List<Path> pages() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(path("docs"))) {
      return Stream.concat(top, docs)
          .filter(file -> file.getFileName().toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  static List<Path> dockerfiles() throws IOException {
    try (Stream<Path> files = Files.list(path("docker"))) {
      return files.filter(file -> file.toString().endsWith(".Dockerfile")).sorted().toList();
    }
  }

  /** The modules that the parent POM builds. */
  static List<String> modules() {
    return Pattern.compile("<module>([^<]+)</module>")
        .matcher(read(path("pom.xml")))
        .results()
        .map(module -> module.group(1))
        .toList();
  }

  /** A value of the parent POM: of a property, or of the first element of that name. */
  static String pomValue(String element) {
    Matcher matcher =
        Pattern.compile("<%1$s>([^<]+)</%1$s>".formatted(Pattern.quote(element)))
            .matcher(read(path("pom.xml")));
    if (!matcher.find()) {
      throw new AssertionError("pom.xml has no <" + element + ">");
    }
    return matcher.group(1);
  }
}
