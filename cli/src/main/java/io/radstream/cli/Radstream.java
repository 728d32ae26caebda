package io.radstream.cli;

import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/**
 * The root command. A subcommand is a {@code Callable<Integer>} that returns one of the exit codes
 * here or throws: a {@link ParameterException} for wrong usage, anything else for a failure.
 */
@Command(
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
      FetchCommand.class,
      TokenizerCommand.class,
      SectionsCommand.class,
      DescribeCommand.class,
      CompletionCommand.class
    })
public final class Radstream extends RootCommand {

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;

  Radstream() {}

  public static void main(String[] args) {
    beTheSameEverywhere();
    System.exit(commandLine(args).execute(args));
  }

  /** Before anything else is loaded: libraries turn names to capitals by the machine's language. */
  private static void beTheSameEverywhere() {
    Locale.setDefault(Locale.ROOT);
    TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
  }

  /** The whole command, ready to execute. */
  static CommandLine commandLine() {
    return new Radstream().line(List.of());
  }

  /**
   * As far as a command line needs it, ready to execute: one that begins with a command does not
   * wait until all others are made.
   */
  static CommandLine commandLine(String[] words) {
    return words.length == 0
        ? commandLine()
        : named(words[0])
            .map(command -> new RootCommand().line(List.of(command)))
            .orElseGet(Radstream::commandLine);
  }

  /** Completion is of all commands. */
  private static Optional<Class<?>> named(String word) {
    return Arrays.stream(Radstream.class.getAnnotation(Command.class).subcommands())
        .filter(command -> command != CompletionCommand.class)
        .filter(command -> command.getAnnotation(Command.class).name().equals(word))
        .findFirst();
  }
}
