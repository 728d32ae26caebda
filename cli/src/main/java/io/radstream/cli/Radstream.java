package io.radstream.cli;

import java.time.ZoneOffset;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The root command. A subcommand is a {@code Callable<Integer>} that returns one of the exit codes
 * here or throws: a {@link ParameterException} for wrong usage, anything else for a failure.
 */
@Command(
    name = "radstream",
    description = "Streaming pre-training for radiology: Kafka in, checkpoints and scores out.",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true,
    subcommands = {
      DemoCommand.class,
      ClusterCommand.class,
      TopicsCommand.class,
      KeyCommand.class,
      PublishCommand.class,
      DoctorCommand.class,
      DeidentifyCommand.class,
      PhiCheckCommand.class,
      BenchCommand.class,
      StreamsCommand.class,
      TrainCommand.class,
      ReplayCommand.class,
      BisectCommand.class,
      LineageCommand.class,
      TrackCommand.class,
      WithdrawCommand.class,
      FineTuneCommand.class,
      CalibrateCommand.class,
      ExperimentCommand.class,
      EvaluateCommand.class,
      ServeCommand.class,
      ModelsCommand.class,
      VerifyReceiptCommand.class,
      ReportCommand.class,
      ScoreCommand.class,
      ResultsCommand.class,
      CrosswalkCommand.class,
      ExportCommand.class,
      TokenizerCommand.class,
      SectionsCommand.class,
      DescribeCommand.class,
      CompletionCommand.class
    })
public final class Radstream implements Callable<Integer> {

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;

  @Spec private CommandSpec spec;
  @Mixin private Verbosity verbosity;

  Radstream() {}

  public static void main(String[] args) {
    beTheSameEverywhere();
    System.exit(commandLine().execute(args));
  }

  /** Before anything else is loaded: libraries turn names to capitals by the machine's language. */
  private static void beTheSameEverywhere() {
    Locale.setDefault(Locale.ROOT);
    TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
  }

  /** The whole command, ready to execute; for {@link #main} and for tests. */
  static CommandLine commandLine() {
    Radstream radstream = new Radstream();
    CommandLine line = new CommandLine(radstream);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionStrategy(
        parsed -> {
          radstream.verbosity.apply();
          return new CommandLine.RunLast().execute(parsed);
        });
    line.setParameterExceptionHandler(new UsageProblem());
    line.setExecutionExceptionHandler(new FailureReport(radstream.verbosity));
    return line;
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing command: one of " + String.join(", ", spec.subcommands().keySet()));
  }
}
