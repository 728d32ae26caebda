package io.radstream.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream evaluate}: how good a checkpoint is, by what is known otherwise. */
@Command(
    name = "evaluate",
    description = "Measure a checkpoint by what is known of studies otherwise.",
    subcommands = {
      EvaluateBoxesCommand.class,
      EvaluateFindingsCommand.class,
      EvaluateReportsCommand.class
    })
final class EvaluateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "Missing command: evaluate boxes, evaluate findings, evaluate reports");
  }
}
