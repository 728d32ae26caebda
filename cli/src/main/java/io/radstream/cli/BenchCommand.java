package io.radstream.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream bench}: measurements on this machine. */
@Command(
    name = "bench",
    description = "Measure what Radstream makes of this machine.",
    subcommands = {
      BenchTrainCommand.class,
      BenchFeedCommand.class,
      BenchIngestCommand.class,
      BenchServeCommand.class,
      BenchKernelsCommand.class,
      BenchReplayCommand.class
    })
final class BenchCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing command: bench train, bench feed, bench ingest, bench serve, bench kernels or"
            + " bench replay");
  }
}
