package io.radstream.cli;

import io.radstream.producers.access.KeyStoreFile;
import io.radstream.producers.access.Secret;
import io.radstream.producers.access.Tls;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: keys and certificates for TLS, of a listener or of whoever asks a server. */
final class TlsOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--tls-key-store",
      paramLabel = "FILE",
      description =
          "This end's key and certificate, in a key store: PKCS #12 or JKS. A source that listens"
              + " speaks TLS then, and nothing else; one that asks shows it to servers that want"
              + " to know who asks.")
  private Optional<Path> keys;

  @Option(
      names = "--tls-trust-store",
      paramLabel = "FILE",
      description =
          "Only an other end is spoken with that shows a certificate which is in this file, or"
              + " issued by one that is: a key store, or certificates in PEM (default: senders to a"
              + " listener need none; of servers, the authorities that Java knows).")
  private Optional<Path> trust;

  @Option(
      names = "--tls-password-file",
      paramLabel = "FILE",
      description = "Holds the password of these key stores, and of the key.")
  private Optional<Path> password;

  /** Empty where senders talk in the clear. */
  Optional<Tls> listening() {
    if (keys.isEmpty()) {
      if (trust.isPresent() || password.isPresent()) {
        throw usage("a listener speaks TLS only with --tls-key-store");
      }
      return Optional.empty();
    }
    try {
      return Optional.of(told(Tls.listening(store(keys.get()), trust.map(this::store))));
    } catch (IOException e) {
      throw usage("TLS: " + e.getMessage());
    }
  }

  /** Empty for what Java itself knows. */
  Optional<SSLContext> connecting() {
    if (keys.isEmpty() && trust.isEmpty()) {
      if (password.isPresent()) {
        throw usage("--tls-password-file: --tls-key-store or --tls-trust-store is needed, too");
      }
      return Optional.empty();
    }
    try {
      Tls tls = told(Tls.connecting(keys.map(this::store), trust.map(this::store)));
      return Optional.of(tls.context());
    } catch (IOException e) {
      throw usage("TLS: " + e.getMessage());
    }
  }

  private KeyStoreFile store(Path file) {
    return new KeyStoreFile(file, password.map(Secret.InFile::new));
  }

  private Tls told(Tls tls) {
    PrintWriter err = spec.commandLine().getErr();
    tls.warnings(InstantSource.system().instant()).forEach(it -> err.println("Warning: " + it));
    err.flush();
    return tls;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
