package io.radstream.cli;

import io.radstream.producers.jsonl.JsonlSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: the file of {@code --source jsonl}. */
final class JsonlFile {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--path",
      paramLabel = "FILE",
      description = "The file of --source jsonl; its images lie beside it.")
  private Optional<Path> path;

  /**
   * @throws ParameterException where no file is named
   */
  JsonlSource source() throws IOException {
    return new JsonlSource(
        path.orElseThrow(
            () ->
                new ParameterException(command.commandLine(), "--source jsonl needs --path FILE")));
  }
}
