package io.radstream.cli;

import io.radstream.cli.traces.TraceExport;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: whether and where to spans of what is done are sent. */
final class TraceOptions {

  private static final String VARIABLE = "RADSTREAM_TRACES";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--traces",
      paramLabel = "URL",
      description =
          "Send OpenTelemetry traces to this collector, which speaks OTLP over HTTP, as"
              + " http://localhost:4318 (or RADSTREAM_TRACES in the environment; default: no).")
  private Optional<String> collector;

  @Option(
      names = "--trace-share",
      paramLabel = "SHARE",
      defaultValue = "1",
      description =
          "Share of studies and of requests that are traced, 0 to 1; the same studies in every"
              + " process (default: ${DEFAULT-VALUE}).")
  private double share;

  /**
   * Nothing is sent where that was not asked for.
   *
   * @param service what the process does, as traces name it
   * @throws ParameterException where an option, or a variable of OpenTelemetry, cannot be used
   */
  TraceExport open(String service) {
    Optional<String> asked =
        collector
            .or(() -> Optional.ofNullable(System.getenv(VARIABLE)))
            .filter(value -> !value.isBlank());
    if (!(share >= 0 && share <= 1)) {
      throw usage("--trace-share is %s; it must be 0 to 1".formatted(share), null);
    }
    return asked.isPresent() ? open(address(asked.get()), service) : TraceExport.off();
  }

  private TraceExport open(URI address, String service) {
    try {
      return TraceExport.to(address, share, "radstream-" + service, Clock.systemUTC());
    } catch (IllegalArgumentException e) {
      throw usage("--traces: " + e.getMessage(), e);
    }
  }

  private URI address(String text) {
    try {
      URI address = new URI(text);
      boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (http && address.getHost() != null && address.getUserInfo() == null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // told below, with what is wanted
    }
    throw usage(
        "--traces: an http:// or https:// address is needed, without a password in it; what shows"
            + " who sends goes into OTEL_EXPORTER_OTLP_HEADERS",
        null);
  }

  private ParameterException usage(String message, Throwable cause) {
    return new ParameterException(spec.commandLine(), message, cause);
  }
}
