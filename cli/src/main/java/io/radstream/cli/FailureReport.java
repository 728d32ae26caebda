package io.radstream.cli;

import io.radstream.cli.ranks.RankGroup;
import io.radstream.model.engine.GroupException;
import io.radstream.model.engine.MissingDeviceException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Tells a failure by its message; the stack trace is for those who ask for it. That a device is not
 * there is found out only when the engine is started, and that a file is not when it is read: both
 * are wrong usage all the same.
 */
final class FailureReport implements IExecutionExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

  private final Verbosity verbosity;

  /**
   * @param verbosity that was asked for, once a command runs
   */
  FailureReport(Verbosity verbosity) {
    this.verbosity = verbosity;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
    Throwable cause = unwrap(e);
    Optional<MissingArgument> missing = MissingArgument.of(cause, line.getParseResult());
    String message = missing.map(MissingArgument::message).orElseGet(() -> message(cause));
    if (verbosity.format() == LogFormat.JSON) {
      LOG.atError().setCause(verbosity.verbose() ? e : null).log(message);
    } else {
      tell(line.getErr(), message, e);
    }
    if (isOfGroup(e)) {
      return RankGroup.START_AGAIN;
    }
    return missing.isPresent() || cause instanceof MissingDeviceException
        ? Radstream.WRONG_USAGE
        : Radstream.FAILED;
  }

  /** Whether it would help to start all ranks again. */
  static boolean isOfGroup(Exception e) {
    return unwrap(e) instanceof GroupException;
  }

  private void tell(PrintWriter err, String message, Exception e) {
    err.println("radstream: " + message);
    if (verbosity.verbose()) {
      e.printStackTrace(err);
    }
    err.flush();
  }

  private static Throwable unwrap(Throwable e) {
    boolean wrapper =
        e instanceof CompletionException
            || e instanceof ExecutionException
            || e instanceof UncheckedIOException;
    return wrapper && e.getCause() != null ? unwrap(e.getCause()) : e;
  }

  /** The JDK's file exceptions carry nothing but the path as their message. */
  private static String message(Throwable e) {
    if (e instanceof NoSuchFileException missing) {
      return "no such file: " + missing.getFile();
    }
    if (e instanceof AccessDeniedException denied) {
      return "permission denied: " + denied.getFile();
    }
    if (e instanceof FileAlreadyExistsException existing) {
      return "file exists already: " + existing.getFile();
    }
    if (e instanceof InterruptedException) {
      return "interrupted";
    }
    if (e.getMessage() == null) {
      return "unexpected " + e.getClass().getSimpleName() + "; --verbose shows where";
    }
    return e.getMessage();
  }
}
