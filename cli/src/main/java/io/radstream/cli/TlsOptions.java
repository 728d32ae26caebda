package io.radstream.cli;

import io.radstream.producers.dicom.listen.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: keys of a listener that is talked to in secret. */
final class TlsOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--tls-keystore",
      paramLabel = "FILE",
      description =
          "Listen with TLS: key store, PKCS #12 or JKS, with this end's key and certificate.")
  private Optional<Path> keys;

  @Option(
      names = "--tls-truststore",
      paramLabel = "FILE",
      description =
          "Serve only senders that show a certificate which is in this key store, or issued by"
              + " one that is (default: senders need none).")
  private Optional<Path> trust;

  @Option(
      names = "--tls-password-file",
      paramLabel = "FILE",
      description = "Holds the password of both.")
  private Optional<Path> password;

  /** Empty where senders talk in the clear. */
  Optional<Tls> tls() {
    if (keys.isEmpty()) {
      if (trust.isPresent()) {
        throw usage("--tls-truststore: --tls-keystore is needed too");
      }
      return Optional.empty();
    }
    String secret = secret();
    return Optional.of(
        new Tls(new Tls.Store(keys.get(), secret), trust.map(file -> new Tls.Store(file, secret))));
  }

  private String secret() {
    Path file =
        password.orElseThrow(() -> usage("--tls-keystore: --tls-password-file is needed too"));
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw usage("--tls-password-file: cannot read " + file);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
