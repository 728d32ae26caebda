package io.radstream.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a run of the command gave: exit code, standard output, standard error. */
record Invocation(int exitCode, String out, String err) {

  static Invocation of(String... args) {
    return of(Radstream.commandLine(), args);
  }

  static Invocation of(CommandLine line, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int exitCode = line.execute(args);
    return new Invocation(exitCode, out.toString(), err.toString());
  }
}
