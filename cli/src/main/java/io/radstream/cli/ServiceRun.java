package io.radstream.cli;

import io.radstream.cli.traces.TraceExport;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.schemas.KafkaConnection;
import io.radstream.serving.ScoringService;
import io.radstream.serving.ServingConfig;
import io.radstream.serving.access.UnusableAccessException;
import io.radstream.serving.score.ModelIdentity;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A scoring service from its start until its process is told to stop. */
record ServiceRun(
    CommandSpec spec,
    ServiceOptions options,
    DeviceOption device,
    TraceOptions traces,
    JsonSummary summary) {

  /** Reads what the command line says, which may be wrong. */
  @FunctionalInterface
  interface Configuration {

    ServingConfig read() throws IOException;
  }

  private record Report(long requests, long hotLoads, String checkpointId) {}

  /**
   * @return exit code
   */
  int untilStopped(KafkaConnection connection, Configuration configuration)
      throws IOException, InterruptedException {
    int threads = options.threads();
    ServingConfig config = configuration.read();
    ComputeDevice found = device.choice().start(threads);
    CountDownLatch stop = new CountDownLatch(1);
    Closeable audit = options.audit();
    GracefulStop.during(
        () -> {
          // Its last lines are part of what must not be cut off.
          try (audit) {
            serve(connection, config, found, stop);
          }
        },
        stop::countDown);
    return Radstream.DONE;
  }

  private void serve(
      KafkaConnection connection, ServingConfig config, ComputeDevice on, CountDownLatch stop)
      throws IOException, InterruptedException {
    try (TraceExport export = traces.open(spec.name());
        ScoringService service =
            ScoringService.start(connection, config, on, Clock.systemUTC(), export.tracing())) {
      tell("Serving at %s; stop with Ctrl-C.".formatted(service.uri()));
      stop.await();
      service.drain(options.drain(), this::tell);
      summary.print(
          new Report(
              service.requests(),
              service.hotLoads(),
              service.live().map(ModelIdentity::checkpointId).orElse(null)));
    } catch (UnusableAccessException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void tell(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
