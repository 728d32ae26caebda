package io.radstream.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream experiment}: many runs, and what came of them, from one file. */
@Command(
    name = "experiment",
    description = {
      "A matrix of initialisations, targets, label ratios and repeats, from one file.",
      "",
      "The file is described in docs/experiments.md; experiments/papers has those of the paper."
    },
    subcommands = {
      ExperimentPlanCommand.class,
      ExperimentRunCommand.class,
      ExperimentReportCommand.class
    })
final class ExperimentCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "Missing command: experiment plan, experiment run, experiment report");
  }
}
