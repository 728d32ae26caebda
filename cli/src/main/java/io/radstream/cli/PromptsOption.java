package io.radstream.cli;

import io.radstream.serving.score.PromptSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: the findings that are asked for, each with its sentences. */
final class PromptsOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--prompts",
      paramLabel = "FILE",
      description =
          "Findings with their positive and negative sentences, YAML or JSON, the same file for all"
              + " commands that score or read scores (default: those of the synthetic studies).")
  private Optional<Path> file;

  /**
   * @throws ParameterException where the file that was given cannot be used
   */
  Optional<PromptSet> given() {
    return file.map(path -> read("--prompts", path));
  }

  /**
   * @throws ParameterException where the file that was given cannot be used
   */
  PromptSet set() {
    return given().orElseGet(PromptSet::builtIn);
  }

  /**
   * @param option that names the file, for the message
   * @throws ParameterException where the file cannot be used
   * @throws UncheckedIOException where it is not there
   */
  PromptSet read(String option, Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw new IOException(path + " is a directory");
      }
      return PromptSet.read(path);
    } catch (NoSuchFileException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      // The JDK's own exceptions of files carry nothing but the path as their message.
      String reason = e instanceof FileSystemException ? path + " cannot be read" : e.getMessage();
      throw new ParameterException(spec.commandLine(), option + ": " + reason, e);
    }
  }
}
