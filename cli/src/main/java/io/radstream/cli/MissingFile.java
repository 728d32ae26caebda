package io.radstream.cli;

import java.nio.file.NoSuchFileException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Wrong usage: a file that the command line names is not there. */
final class MissingFile {

  private MissingFile() {}

  /**
   * @param what names the file: an option, a parameter, or what it was wanted for
   */
  static ParameterException of(CommandSpec spec, String what, NoSuchFileException e) {
    return new ParameterException(
        spec.commandLine(), "%s: no such file: %s".formatted(what, e.getFile()), e);
  }
}
