package io.radstream.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream deidentify}: files without names, beside what is published. */
@Command(
    name = "deidentify",
    description =
        "Write files without names, for researchers or an archive: the very studies that were"
            + " published, under the same pseudonyms.",
    subcommands = DeidentifyDicomCommand.class,
    footer = {
      "",
      "Example:",
      "  radstream deidentify dicom --path /archive/2026 --out /research/2026 \\",
      "      --pseudonym-key-file site.key"
    })
final class DeidentifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing kind of files: one of " + String.join(", ", spec.subcommands().keySet()));
  }
}
