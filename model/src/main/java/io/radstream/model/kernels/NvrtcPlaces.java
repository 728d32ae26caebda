package io.radstream.model.kernels;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where NVIDIA's runtime compiler may lie: where {@code RADSTREAM_NVRTC} says, beside a CUDA build
 * of PyTorch, or in a CUDA toolkit.
 *
 * @param settings environment variables, or what stands for them; null for one that is not set
 */
record NvrtcPlaces(Function<String, String> settings) {

  static final String SETTING = "RADSTREAM_NVRTC";

  private static final List<String> TOOLKITS = List.of("CUDA_HOME", "CUDA_PATH");

  /** PyTorch's archive gives some libraries a name with a digest in it. */
  private static final Pattern LIBRARY = Pattern.compile("libnvrtc(-[0-9a-f]+)?\\.so(\\.[0-9.]+)?");

  /** What the compiler loads itself, and finds only where the system's loader looks. */
  private static final Pattern COMPANION = Pattern.compile("libnvrtc-builtins\\.so(\\.[0-9.]+)?");

  /**
   * The library, if it lies in any of these places.
   *
   * @throws KernelException where it is said to be somewhere, and is not
   */
  Optional<Path> library() {
    String named = settings.apply(SETTING);
    if (named != null) {
      Path path = Path.of(named);
      return Optional.of(
          Files.isRegularFile(path)
              ? path
              : first(path, LIBRARY)
                  .orElseThrow(
                      () -> new KernelException("%s: no libnvrtc at %s".formatted(SETTING, path))));
    }
    return directories().flatMap(directory -> first(directory, LIBRARY).stream()).findFirst();
  }

  /** What has to be loaded before the library. */
  static Optional<Path> companion(Path library) {
    return first(library.toAbsolutePath().getParent(), COMPANION);
  }

  private Stream<Path> directories() {
    return Stream.concat(
        listed("PYTORCH_LIBRARY_PATH").flatMap(NvrtcPlaces::around),
        TOOLKITS.stream()
            .flatMap(this::listed)
            .flatMap(toolkit -> Stream.of(toolkit.resolve("lib64"), toolkit.resolve("lib"))));
  }

  private Stream<Path> listed(String name) {
    return Optional.ofNullable(settings.apply(name)).stream()
        .flatMap(value -> Arrays.stream(value.split(File.pathSeparator)))
        .filter(path -> !path.isEmpty())
        .map(Path::of);
  }

  /** Of a Python install, in which the compiler is a package of its own beside that of PyTorch. */
  private static Stream<Path> around(Path libtorch) {
    Path directory = libtorch.toAbsolutePath().normalize();
    Path packages = directory.resolve("../../nvidia").normalize();
    return Stream.concat(
        Stream.of(directory), list(packages).map(one -> one.resolve("lib")).sorted());
  }

  private static Optional<Path> first(Path directory, Pattern name) {
    return list(directory)
        .filter(file -> name.matcher(file.getFileName().toString()).matches())
        .sorted()
        .findFirst();
  }

  private static Stream<Path> list(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look into " + directory, e);
    }
  }
}
