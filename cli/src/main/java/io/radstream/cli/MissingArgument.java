package io.radstream.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * A file or directory of the command line that is not there.
 *
 * @param argument that names it
 * @param path as it was given
 */
record MissingArgument(String argument, String path) {

  /** Between a value's parts, as in {@code --model NAME=FILE} and {@code --sources PREFIX,FILE}. */
  private static final String SEPARATORS = "[=,]";

  /**
   * Of a command that failed: what was wanted is the file that the command line names, or lies in
   * the directory that it names.
   */
  static Optional<MissingArgument> of(Throwable failure, ParseResult parsed) {
    if (!(failure instanceof NoSuchFileException missing) || missing.getFile() == null) {
      return Optional.empty();
    }
    Path wanted = Path.of(missing.getFile()).toAbsolutePath().normalize();
    return parsed.matchedArgs().stream()
        .flatMap(MissingArgument::values)
        .filter(given -> given.isPartOf(wanted))
        .findFirst();
  }

  private static Stream<MissingArgument> values(ArgSpec argument) {
    String name =
        argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    return argument.originalStringValues().stream()
        .flatMap(value -> Stream.concat(Stream.of(value), Stream.of(value.split(SEPARATORS, -1))))
        .filter(value -> !value.isEmpty())
        .map(value -> new MissingArgument(name, value));
  }

  private boolean isPartOf(Path wanted) {
    try {
      Path given = Path.of(path);
      return wanted.startsWith(given.toAbsolutePath().normalize()) && Files.notExists(given);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  String message() {
    return "%s: no such file: %s".formatted(argument, path);
  }
}
