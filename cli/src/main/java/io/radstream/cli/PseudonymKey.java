package io.radstream.cli;

import io.radstream.producers.publish.Pseudonymizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: the secret that turns a site's identifiers into pseudonyms. */
final class PseudonymKey {

  private static final String VARIABLE = "RADSTREAM_PSEUDONYM_KEY";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--pseudonym-key-file",
      paramLabel = "FILE",
      description = {
        "Holds the secret key that turns identifiers into pseudonyms, as text of at least 16 bytes",
        "(or " + VARIABLE + " in the environment). Without it a public demo key is used."
      })
  private Optional<Path> file;

  /**
   * @param ofPatients whether a key that everybody knows is to be warned of
   */
  Pseudonymizer pseudonymizer(boolean ofPatients) {
    try {
      if (file.isPresent()) {
        return Pseudonymizer.withKeyFile(file.get());
      }
      String variable = System.getenv(VARIABLE);
      if (variable != null) {
        return Pseudonymizer.withKey(variable);
      }
    } catch (IOException e) {
      throw usage("--pseudonym-key-file: cannot read " + file.orElseThrow());
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
    if (ofPatients) {
      spec.commandLine()
          .getErr()
          .println(
              "Warning: pseudonyms are made with the public demo key. For patients' data, name a"
                  + " secret one with --pseudonym-key-file.");
    }
    return Pseudonymizer.demo();
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
