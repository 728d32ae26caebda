package io.radstream.cli;

import java.util.List;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/** Of a source that has pictures and nothing else: what is said of reports and labels is gone. */
final class PicturesOnly implements IModelTransformer {

  private static final List<String> OF_OTHERS = List.of("--scrub-list", "--no-labels");

  @Override
  public CommandSpec transform(CommandSpec command) {
    OF_OTHERS.forEach(name -> command.remove(command.findOption(name)));
    return command;
  }
}
