package io.radstream.cli;

import io.radstream.producers.hl7.mllp.MllpSettings;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: where and how senders of HL7 are listened to. */
final class MllpOptions {

  /** Of messages that are coming or under way, all together. */
  private static final int MESSAGES_IN_MEMORY = 16;

  private static final int WINDOW = 32;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private TlsOptions tls;

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
      names = "--max-size",
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

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description =
          "How long senders are answered when the process is asked to stop"
              + " (default: ${DEFAULT-VALUE}).")
  private Duration grace;

  MllpSettings settings() {
    if (maxMessageMib < 1 || maxMessageMib > 256) {
      throw usage("--max-size: between 1 and 256");
    }
    try {
      return new MllpSettings(
          host,
          port,
          tls.listening(),
          maxMessageMib << 20,
          ((long) maxMessageMib << 20) * MESSAGES_IN_MEMORY,
          maxConnections,
          WINDOW,
          idle,
          grace);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
