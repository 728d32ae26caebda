package io.radstream.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options {@code --verbose} and {@code --quiet}, valid before and after any subcommand. */
final class Verbosity {

  static final String OURS = "io.radstream";

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Log details; show the stack trace of a failure.")
  private boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Log errors only.")
  private boolean quiet;

  boolean verbose() {
    return verbose;
  }

  void apply() {
    if (verbose) {
      level(OURS, Level.DEBUG);
    } else if (quiet) {
      level(OURS, Level.ERROR);
    }
  }

  private static void level(String logger, Level level) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger(logger).setLevel(level);
    }
  }
}
