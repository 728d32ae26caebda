package io.radstream.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Mixin: {@code --json}, the summary of a command as the last line on standard output. */
final class JsonSummary {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--json", description = "Print a summary as one line of JSON, last on stdout.")
  private boolean requested;

  private final ObjectMapper mapper =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  boolean requested() {
    return requested;
  }

  /**
   * Prints the summary if it was asked for.
   *
   * @param summary a record or a map; components in camelCase become keys in snake_case
   */
  void print(Object summary) {
    if (!requested) {
      return;
    }
    try {
      PrintWriter out = command.commandLine().getOut();
      out.println(mapper.writeValueAsString(summary));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("summary is not a JSON value: " + summary.getClass(), e);
    }
  }
}
