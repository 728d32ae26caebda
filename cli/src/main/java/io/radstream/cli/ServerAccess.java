package io.radstream.cli;

import io.radstream.producers.access.Credentials;
import io.radstream.producers.access.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: how a server knows who asks, and by what it is known. */
final class ServerAccess {

  private static final String PASSWORD = "RADSTREAM_SERVER_PASSWORD";
  private static final String TOKEN = "RADSTREAM_SERVER_TOKEN";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private TlsOptions tls;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "Of basic authentication; needs a password.")
  private Optional<String> user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "Holds the user's password (or " + PASSWORD + " in the environment).")
  private Optional<Path> passwordFile;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = {
        "Holds a bearer token (or " + TOKEN + " in the environment). The file is read for each",
        "request, so that a token may be renewed in it."
      })
  private Optional<Path> tokenFile;

  Credentials credentials() {
    Optional<Secret> token = secret(tokenFile, TOKEN);
    if (user.isPresent()) {
      if (tokenFile.isPresent()) {
        throw usage("--user and --token-file exclude each other");
      }
      Secret password =
          secret(passwordFile, PASSWORD)
              .orElseThrow(
                  () -> usage("--user: a password is needed, by --password-file or " + PASSWORD));
      try {
        return new Credentials.Basic(user.get(), password);
      } catch (IllegalArgumentException e) {
        throw usage("--user: " + e.getMessage());
      }
    }
    if (passwordFile.isPresent()) {
      throw usage("--password-file: --user is needed, too");
    }
    return token.<Credentials>map(Credentials.Bearer::new).orElseGet(Credentials.None::new);
  }

  private Optional<Secret> secret(Optional<Path> file, String variable) {
    try {
      if (file.isPresent()) {
        Secret secret = new Secret.InFile(file.get());
        // What is wrong with it is told before anything is asked.
        secret.read();
        return Optional.of(secret);
      }
      return Optional.ofNullable(System.getenv(variable)).map(Secret.Given::new);
    } catch (NoSuchFileException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      throw usage("cannot read a secret: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw usage(variable + ": " + e.getMessage());
    }
  }

  Optional<SSLContext> trusted() {
    return tls.connecting();
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
