package io.radstream.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Mixin: the crosswalk that a command is about. */
final class CrosswalkFolderOption {

  @Option(
      names = "--crosswalk",
      paramLabel = "DIR",
      required = true,
      description = "The crosswalk that publishing wrote with the same option.")
  private Path folder;

  Path folder() {
    return folder;
  }
}
