package io.radstream.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The options {@code --verbose}, {@code --quiet} and {@code --log-format}, valid before and after
 * any subcommand.
 */
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

  @Option(
      names = "--log-format",
      scope = ScopeType.INHERIT,
      paramLabel = "FORMAT",
      defaultValue = "${env:RADSTREAM_LOG:-text}",
      description =
          "Write the log as text or as json, an object a line; also RADSTREAM_LOG (default: text).")
  private LogFormat format = LogFormat.TEXT;

  LogFormat format() {
    return format;
  }

  boolean verbose() {
    return verbose;
  }

  void apply() {
    format.apply();
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
