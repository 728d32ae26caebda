package io.radstream.cli;

import io.radstream.producers.publish.Pseudonymizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: the study that a command is about. */
final class StudyOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--study",
      paramLabel = "ID",
      required = true,
      description =
          "Pseudonym of the study, as on the topics; with --pseudonym-key-file its identifier at the site.")
  private String study;

  @Option(
      names = "--pseudonym-key-file",
      paramLabel = "FILE",
      description = "Key that the study was published with: --study is the site's identifier then.")
  private Optional<Path> keyFile;

  /**
   * @throws ParameterException where the study is not named or the key cannot be used
   */
  String pseudonym() {
    if (study.isBlank()) {
      throw usage("--study: no study is named");
    }
    if (keyFile.isEmpty()) {
      return study;
    }
    try {
      return Pseudonymizer.withKeyFile(keyFile.get()).study(study);
    } catch (IOException e) {
      throw usage("--pseudonym-key-file: cannot read " + keyFile.get());
    } catch (IllegalArgumentException e) {
      throw usage("--pseudonym-key-file: " + e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
