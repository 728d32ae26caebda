package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.schemas.KafkaConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** What a run of the command gave: exit code, standard output, standard error. */
record Invocation(int exitCode, String out, String err) {

  static Invocation of(String... args) {
    return of(Radstream.commandLine(args), args);
  }

  /** On a cluster, with a summary as JSON. */
  static Invocation on(KafkaConnection connection, String... words) {
    String[] arguments = arguments(connection, words);
    return of(Radstream.commandLine(arguments), arguments);
  }

  /** The same of a command that is made already. */
  static Invocation on(KafkaConnection connection, CommandLine line, String... words) {
    return of(line, arguments(connection, words));
  }

  private static String[] arguments(KafkaConnection connection, String... words) {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.add("--json");
    arguments.add("--bootstrap=" + connection.bootstrap());
    arguments.add("--registry=" + connection.registry());
    arguments.add("--topic-prefix=" + connection.topics().prefix());
    return arguments.toArray(String[]::new);
  }

  /** The summary of a command that has to have been done. */
  JsonNode json() throws IOException {
    assertThat(exitCode).describedAs(err).isEqualTo(Radstream.DONE);
    List<String> lines = out.lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
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
