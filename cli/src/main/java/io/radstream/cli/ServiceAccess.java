package io.radstream.cli;

import io.radstream.cli.models.ServiceClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: a scoring service that runs, and by what it knows who asks. */
final class ServiceAccess {

  private static final String KEY = "RADSTREAM_KEY";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "Where the service listens (default: ${DEFAULT-VALUE}).")
  private URI url;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "Holds the key that the service knows you by (or " + KEY + " in the environment).")
  private Optional<Path> keyFile;

  ServiceClient client() throws IOException {
    try {
      return new ServiceClient(url, key());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--url: " + e.getMessage());
    }
  }

  private Optional<String> key() throws IOException {
    return keyFile.isPresent()
        ? Optional.of(Files.readString(keyFile.get()).strip())
        : Optional.ofNullable(System.getenv(KEY));
  }
}
