package io.radstream.model.engine;

import ai.djl.util.Utils;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The version of a PyTorch that is brought along by {@code PYTORCH_LIBRARY_PATH}. DJL believes
 * {@code PYTORCH_VERSION} and loads its JNI library for that; with another PyTorch this loads all
 * the same, and corrupts tensors.
 */
final class LibtorchVersion {

  private static final String PATH = "PYTORCH_LIBRARY_PATH";
  private static final String VERSION = "PYTORCH_VERSION";

  /** In {@code version.py} of a Python install, or in {@code build-version} of the archive. */
  private static final Pattern NUMBER =
      Pattern.compile("(?:__version__ = ')?(\\d+\\.\\d+\\.\\d+)\\S*");

  private LibtorchVersion() {}

  /**
   * Call before the engine is loaded.
   *
   * @throws IllegalStateException where the two differ, or cannot be compared
   */
  static void check() {
    path()
        .ifPresent(
            path ->
                check(path, Optional.ofNullable(Utils.getEnvOrSystemProperty(VERSION)).orElse("")));
  }

  /**
   * Of the PyTorch that is brought along; empty where the one that comes with Radstream is used.
   */
  static Optional<String> path() {
    return Optional.ofNullable(Utils.getEnvOrSystemProperty(PATH));
  }

  /**
   * @param path directories with libraries, or the library itself, as DJL takes them
   * @param told what DJL will believe
   */
  static void check(String path, String told) {
    Path directory =
        Arrays.stream(path.split(File.pathSeparator))
            .map(Path::of)
            .map(place -> Files.isDirectory(place) ? place : place.toAbsolutePath().getParent())
            .filter(place -> Files.exists(place.resolve(System.mapLibraryName("torch"))))
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("%s: no libtorch in %s".formatted(PATH, path)));
    String found =
        Stream.of("version.py", "build-version")
            .map(real(directory).getParent()::resolve)
            .filter(Files::exists)
            .flatMap(file -> version(file).stream())
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "%s: cannot tell the version of %s; above it is neither version.py nor"
                                .formatted(PATH, directory)
                            + " build-version with one"));
    if (!found.equals(told)) {
      throw new IllegalStateException(
          "%s is PyTorch %s, but %s is '%s': set it to the same, for which a JNI library has to be"
                  .formatted(PATH, found, VERSION, told)
              + " there, or tensors would be corrupted");
    }
  }

  private static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> version(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .map(line -> NUMBER.matcher(line.strip()))
          .filter(Matcher::matches)
          .map(matcher -> matcher.group(1))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
