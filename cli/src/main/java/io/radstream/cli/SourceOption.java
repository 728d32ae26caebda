package io.radstream.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Takes {@code publish --source NAME} for {@code publish NAME}, as it was spelt once. */
final class SourceOption implements IParameterPreprocessor {

  private static final String NAME = "--source";

  @Override
  @SuppressWarnings("JdkObsolete") // the signature is picocli's
  public boolean preprocess(
      Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
    for (int i = arguments.size() - 1; i >= 0; i--) {
      String argument = arguments.get(i);
      if (argument.startsWith(NAME + "=")) {
        arguments.remove(i);
        arguments.push(argument.substring(NAME.length() + 1).toLowerCase(Locale.ROOT));
        return false;
      }
      // What comes next lies further down.
      if (argument.equals(NAME) && i > 0) {
        String source = arguments.remove(i - 1);
        arguments.remove(i - 1);
        arguments.push(source.toLowerCase(Locale.ROOT));
        return false;
      }
    }
    return false;
  }
}
