package io.radstream.cli;

import io.radstream.serving.access.Access;
import io.radstream.serving.access.ApiKeyFile;
import io.radstream.serving.access.UnusableAccessException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code radstream key api}: a key by which the scoring service knows who asks. */
@Command(
    name = "api",
    description = {
      "Make a key for who asks the scoring service, and add it to the file of 'serve --api-keys'.",
      "",
      "The key is printed once, and stands nowhere: the file has its SHA-256, with name and roles. A"
          + " service that reads the file knows the key within ten seconds. To withdraw a key, take"
          + " its lines out of the file."
    },
    footer = {
      "",
      "Examples:",
      "  radstream key api keys.yaml --name viewer --role score --role read",
      "  radstream key api keys.yaml --name prometheus --role read"
    })
final class ApiKeyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = "The file to add it to; made, for its owner only, where there is none.")
  private Path file;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "Who shows it; stands in the audit log.")
  private String name;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      required = true,
      description =
          "What may be done with it, once for each: score (score and embed studies, search), reports"
              + " (have the texts of reports that a search finds), worklist (see which studies"
              + " arrived, and what was found), label (say what is to be found; and see), read (models, training, metrics),"
              + " operate (change what answers; and read).")
  private Set<String> roles = new LinkedHashSet<>();

  @Override
  public Integer call() throws IOException {
    Set<Access> known = new LinkedHashSet<>();
    for (String role : roles) {
      known.add(
          Access.role(role)
              .orElseThrow(() -> usage("--role: there is no '%s'; there are %s", role)));
    }
    PrintWriter out = spec.commandLine().getOut();
    try {
      out.println(new ApiKeyFile(file).add(name, known));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--name: " + e.getMessage(), e);
    } catch (UnusableAccessException e) {
      throw new ParameterException(
          spec.commandLine(), "FILE: %s is no file of keys: %s".formatted(file, e.getMessage()), e);
    } catch (NoSuchFileException e) {
      throw new ParameterException(
          spec.commandLine(), "FILE: there is no such folder to make %s in".formatted(file), e);
    }
    out.flush();
    PrintWriter err = spec.commandLine().getErr();
    err.printf("The key of %s, which is not shown again. %s has its hash.%n", name, file);
    err.flush();
    return Radstream.DONE;
  }

  private ParameterException usage(String message, String role) {
    return new ParameterException(spec.commandLine(), message.formatted(role, Access.roles()));
  }
}
