package io.radstream.cli;

import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: under which name a source remembers what it has published. */
final class PublisherName {

  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "Under which what was published is remembered, so that a restart goes on from there and"
              + " sends nothing twice. Processes that run at the same time need a name each"
              + " (default: the source's name).")
  private Optional<String> name;

  /**
   * @param source the source's name
   */
  String of(String source) {
    String chosen = name.orElse(source);
    if (!LEGAL.matcher(chosen).matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "--name: 1 to 100 letters, digits, dots, dashes and underscores are needed");
    }
    return chosen;
  }
}
