package io.radstream.cli;

import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/** Of a source that knows of no labels: what is said of them is gone. */
final class WithoutLabels implements IModelTransformer {

  @Override
  public CommandSpec transform(CommandSpec command) {
    return command.remove(command.findOption("--no-labels"));
  }
}
