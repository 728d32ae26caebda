package io.radstream.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code radstream completion}: what a shell completes the words of this command by. */
@Command(
    name = "completion",
    description = {
      "Print a script by which bash or zsh completes commands and options.",
      "",
      "The archive and the Debian package bring it as a file."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(radstream completion)      # in ~/.bashrc or ~/.zshrc",
      "  radstream completion > /etc/bash_completion.d/radstream"
    })
final class CompletionCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    PrintWriter out = spec.commandLine().getOut();
    out.print(AutoComplete.bash(spec.root().name(), root));
    out.flush();
    return Radstream.DONE;
  }
}
