package io.radstream.cli;

import io.radstream.trainer.traits.Exclusion;
import io.radstream.trainer.traits.ExclusionText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: {@code --without}, which studies a replay leaves out. */
final class WithoutOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--without",
      paramLabel = "KEY=VALUE[,...]",
      description = {
        "What would have been without studies that answer to all of these: study=ID,"
            + " studies=FILE (ids, one a line), range=PARTITION:FROM-TO (offsets of their tuples,"
            + " both inclusive),"
            + " steps=FROM-TO (that read them), site=NAME (their source, as their records say),"
            + " source=NAME (of the run), projection=PA, detector=WIDTHxHEIGHT (of a view as it"
            + " was taken), day=2026-01-31 (of their tuple, UTC). Nothing takes their place: the"
            + " batch is smaller, and a step of which fewer than two are left is passed over."
            + " Repeatable: what answers to any of them is left out."
      })
  private List<String> texts = new ArrayList<>();

  List<Exclusion> exclusions() {
    List<Exclusion> exclusions = new ArrayList<>();
    for (String text : texts) {
      try {
        exclusions.add(ExclusionText.parse(text));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(command.commandLine(), "--without: " + e.getMessage(), e);
      } catch (IOException e) {
        throw new ParameterException(
            command.commandLine(), "--without: cannot read the file of studies: " + e, e);
      }
    }
    return exclusions;
  }
}
