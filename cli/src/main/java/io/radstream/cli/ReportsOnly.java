package io.radstream.cli;

import java.util.List;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/** Of a source that has reports and nothing else: what is said of pictures and labels is gone. */
final class ReportsOnly implements IModelTransformer {

  private static final List<String> OF_OTHERS =
      List.of("--view-size", "--originals", "--burned-in", "--no-labels");

  @Override
  public CommandSpec transform(CommandSpec command) {
    OF_OTHERS.forEach(name -> command.remove(command.findOption(name)));
    return command;
  }
}
