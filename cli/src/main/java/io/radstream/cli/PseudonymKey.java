package io.radstream.cli;

import io.radstream.producers.publish.Pseudonymizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: the secret that turns a site's identifiers into pseudonyms. */
final class PseudonymKey {

  private static final String VARIABLE = "RADSTREAM_PSEUDONYM_KEY";

  private static final String MISSING =
      """
      A hospital's studies need a secret key. Make one, once, and keep it:
        radstream key new site.key
      Then name it with --pseudonym-key-file site.key; docs/hospital.md tells more.
      Only where the studies are of no patients, to try things out: --demo-key
      """;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--pseudonym-key-file",
      paramLabel = "FILE",
      description = {
        "Holds the secret key that turns identifiers into pseudonyms, as text of at least 16 bytes",
        "(or " + VARIABLE + " in the environment). Make one with \"radstream key new FILE\". A",
        "hospital's own systems need it; else a public demo key is used without it."
      })
  private Optional<Path> file;

  @Option(
      names = "--demo-key",
      description =
          "The studies are of no patients: make pseudonyms with the public demo key, to try things"
              + " out.")
  private boolean demo;

  /**
   * For studies that may be of patients: without a key only where it is said that they are not.
   *
   * @throws ParameterException where there is no key, or one that cannot be used
   */
  Pseudonymizer ofHospital() {
    Optional<Pseudonymizer> secret = secret();
    if (secret.isEmpty() && !demo) {
      throw usage(MISSING.strip());
    }
    return secret.orElseGet(this::warnedDemo);
  }

  /**
   * For other studies: the public key where no other is named.
   *
   * @param ofPatients whether a key that everybody knows is to be warned of
   * @throws ParameterException where a key cannot be used
   */
  Pseudonymizer pseudonymizer(boolean ofPatients) {
    return secret().orElseGet(ofPatients ? this::warnedDemo : Pseudonymizer::demo);
  }

  private Optional<Pseudonymizer> secret() {
    String variable = System.getenv(VARIABLE);
    if (demo && (file.isPresent() || variable != null)) {
      throw usage(
          "--demo-key: a secret key is named, too (--pseudonym-key-file or %s); leave out one of them"
              .formatted(VARIABLE));
    }
    try {
      return file.isPresent()
          ? Optional.of(new KeyFile(file.get()).read(err()))
          : Optional.ofNullable(variable).map(Pseudonymizer::withKey);
    } catch (IOException e) {
      throw usage("--pseudonym-key-file: cannot read " + file.orElseThrow());
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private Pseudonymizer warnedDemo() {
    err()
        .println(
            "Warning: pseudonyms are made with the public demo key. For patients' data, name a"
                + " secret one with --pseudonym-key-file.");
    return Pseudonymizer.demo();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
