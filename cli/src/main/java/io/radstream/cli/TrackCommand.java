package io.radstream.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream track}: figures of runs to what people follow experiments with. */
@Command(
    name = "track",
    description = "Give the figures of runs, old ones too, to a tracker of experiments.",
    subcommands = {TrackTensorBoardCommand.class, TrackMlflowCommand.class})
final class TrackCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "Missing command: track tensorboard, track mlflow");
  }
}
