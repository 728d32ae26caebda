package io.radstream.cli;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.radstream.cli.metrics.MetricsPort;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Mixin: a port for Prometheus, of a command that has no HTTP service. */
final class MetricsOptions {

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description = "Answer GET /metrics there, for Prometheus; 0 for any free port (default: no).")
  private Optional<Integer> port;

  @Option(
      names = "--metrics-host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address of that port; 0.0.0.0 for all (default: ${DEFAULT-VALUE}).")
  private String host;

  /**
   * Empty where none was asked for.
   *
   * @throws IOException where the address cannot be listened on
   */
  Optional<MetricsPort> open(PrometheusMeterRegistry meters) throws IOException {
    return port.isPresent()
        ? Optional.of(MetricsPort.open(host, port.get(), meters))
        : Optional.empty();
  }
}
