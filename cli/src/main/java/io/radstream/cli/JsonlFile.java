package io.radstream.cli;

import io.radstream.producers.jsonl.JsonlSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: the file of {@code demo jsonl}. */
final class JsonlFile {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--path",
      paramLabel = "FILE",
      description = "The file of jsonl; its images lie beside it.")
  private Optional<Path> path;

  /**
   * For another source.
   *
   * @throws ParameterException where a file is named all the same
   */
  void requireNone() {
    if (path.isPresent()) {
      throw usage("--path goes with jsonl: radstream demo jsonl --path FILE");
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /**
   * @throws ParameterException where no file is named
   */
  JsonlSource source() throws IOException {
    return new JsonlSource(path.orElseThrow(() -> usage("jsonl needs --path FILE")));
  }
}
