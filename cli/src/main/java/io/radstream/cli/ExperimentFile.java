package io.radstream.cli;

import io.radstream.experiments.file.ExperimentReader;
import io.radstream.experiments.plan.InvalidExperimentException;
import io.radstream.experiments.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Mixin: the file of an experiment, and where its results are. */
final class ExperimentFile {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Parameters(paramLabel = "FILE", description = "The experiment, in YAML.")
  private Path file;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Checkpoints and results of the experiment (default: its name, here).")
  private Optional<Path> directory;

  Path path() {
    return file;
  }

  /**
   * @throws ParameterException where the file is no experiment
   */
  Plan plan() throws IOException {
    try {
      return Plan.of(new ExperimentReader().read(file));
    } catch (InvalidExperimentException e) {
      throw wrong(e);
    }
  }

  ParameterException wrong(InvalidExperimentException e) {
    return new ParameterException(command.commandLine(), file + ": " + e.getMessage(), e);
  }

  Path directory(Plan plan) {
    return directory.orElseGet(() -> Path.of(plan.experiment().name()));
  }
}
