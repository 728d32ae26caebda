package io.radstream.cli;

import io.radstream.producers.hl7.mllp.MllpSettings;
import io.radstream.producers.hl7.mllp.MllpTls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: where and how senders of HL7 are listened to. */
final class MllpOptions {

  /** Of messages that are coming or under way, all together. */
  private static final int MESSAGES_IN_MEMORY = 16;

  private static final int WINDOW = 32;
  private static final Duration GRACE = Duration.ofSeconds(30);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen on; 0.0.0.0 for all (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "2575",
      description = "0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--tls-keystore",
      paramLabel = "FILE",
      description = "PKCS #12 file with the listener's key and certificate: TLS only.")
  private Optional<Path> key;

  @Option(
      names = "--tls-truststore",
      paramLabel = "FILE",
      description = "PKCS #12 file with certificates of those who may send (default: anybody may).")
  private Optional<Path> senders;

  @Option(
      names = "--tls-password-file",
      paramLabel = "FILE",
      description = "Holds the password of these files, as text.")
  private Optional<Path> password;

  @Option(
      names = "--max-message-mib",
      paramLabel = "MIB",
      defaultValue = "16",
      description = "Largest message (default: ${DEFAULT-VALUE}).")
  private int maxMessageMib;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      defaultValue = "64",
      description = "Most senders at a time (default: ${DEFAULT-VALUE}).")
  private int maxConnections;

  @Option(
      names = "--idle-timeout",
      paramLabel = "TIME",
      defaultValue = "1h",
      converter = DurationConverter.class,
      description =
          "A connection on which nothing comes for so long is closed (default: ${DEFAULT-VALUE}).")
  private Duration idle;

  /**
   * @throws IOException where a key cannot be read
   */
  MllpSettings settings() throws IOException {
    if (maxMessageMib < 1 || maxMessageMib > 256) {
      throw usage("--max-message-mib: between 1 and 256");
    }
    try {
      return new MllpSettings(
          host,
          port,
          tls(),
          maxMessageMib << 20,
          ((long) maxMessageMib << 20) * MESSAGES_IN_MEMORY,
          maxConnections,
          WINDOW,
          idle,
          GRACE);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private Optional<MllpTls> tls() throws IOException {
    if (key.isEmpty() && senders.isEmpty()) {
      return Optional.empty();
    }
    if (key.isEmpty() || password.isEmpty()) {
      throw usage("TLS needs both --tls-keystore and --tls-password-file");
    }
    Optional<MllpTls.Store> known = Optional.empty();
    if (senders.isPresent()) {
      known = Optional.of(MllpTls.Store.read(senders.get(), password.get()));
    }
    return Optional.of(new MllpTls(MllpTls.Store.read(key.get(), password.get()), known));
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
