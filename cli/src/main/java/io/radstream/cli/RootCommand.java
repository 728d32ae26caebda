package io.radstream.cli;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.objects.ObjectStore;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the root command is without the commands below it. */
@Command(
    name = "radstream",
    description = "Streaming pre-training for radiology: Kafka in, checkpoints and scores out.",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true)
class RootCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private Verbosity verbosity;

  RootCommand() {}

  /** Ready to execute, with these commands and those that its own annotation names. */
  final CommandLine line(Iterable<Class<?>> commands) {
    CommandLine line = new CommandLine(this);
    // As a line of its own: what transforms a command's model is asked where a line is made.
    commands.forEach(command -> line.addSubcommand(new CommandLine(command)));
    line.registerConverter(CheckpointStore.class, new StoreConverter(System::getenv));
    line.registerConverter(ObjectStore.class, new ObjectStoreConverter(System::getenv));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionStrategy(
        parsed -> {
          verbosity.apply();
          return new CommandLine.RunLast().execute(parsed);
        });
    line.setParameterExceptionHandler(new UsageProblem());
    line.setExecutionExceptionHandler(new FailureReport(verbosity));
    return line;
  }

  @Override
  public final Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing command: one of " + String.join(", ", spec.subcommands().keySet()));
  }
}
