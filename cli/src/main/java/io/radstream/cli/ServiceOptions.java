package io.radstream.cli;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.model.config.Precision;
import io.radstream.serving.AnswerConfig;
import io.radstream.serving.ListenConfig;
import io.radstream.serving.ServingConfig;
import io.radstream.serving.SteeringConfig;
import io.radstream.serving.access.AccessConfig;
import io.radstream.serving.fleet.ServingPolicy;
import io.radstream.serving.http.DrainLimits;
import io.radstream.serving.receipt.ReceiptKey;
import io.radstream.serving.score.BatchLimits;
import io.radstream.serving.score.FindingSets;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: how a scoring service runs, whether clients ask it or studies arrive. */
final class ServiceOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      defaultValue = "checkpoints",
      description =
          "Where the trainer keeps checkpoints, a directory or s3://BUCKET/PREFIX; nothing outside of"
              + " it is loaded (default:"
              + " ${DEFAULT-VALUE}).")
  private CheckpointStore store;

  @Option(
      names = "--line",
      paramLabel = "NAME",
      description = "Serve this model line only (default: whichever was announced last).")
  private Optional<String> line;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on; 0.0.0.0 for all. What others reach needs --tls-certificate, and"
              + " --api-keys or --jwks (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--max-batch",
      paramLabel = "N",
      defaultValue = "16",
      description =
          "Most studies of one pass through the network, 1 to 1024 (default: ${DEFAULT-VALUE}).")
  private int maxBatch;

  @Option(
      names = "--max-delay",
      paramLabel = "TIME",
      defaultValue = "5ms",
      converter = DurationConverter.class,
      description =
          "Longest wait of a free device for studies that are being decoded (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration maxDelay;

  @Option(
      names = "--max-waiting",
      paramLabel = "N",
      defaultValue = "64",
      description =
          "Most studies in hand; more are turned away with 429 (default: ${DEFAULT-VALUE}).")
  private int maxWaiting;

  @Option(
      names = "--drain-delay",
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = DurationConverter.class,
      description =
          "When told to stop: from where the service is not ready any more until its port closes,"
              + " so that load balancers see it (default: ${DEFAULT-VALUE}).")
  private Duration drainDelay;

  @Option(
      names = "--drain-timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description =
          "How long requests in flight may take to end then. A second signal ends at once (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration drainTimeout;

  @Option(
      names = "--audit-log",
      paramLabel = "FILE",
      description =
          "Append a line of JSON for each call that scores or changes something: who, what, which"
              + " checkpoint, outcome, when. Ten files of 64 MiB at most.")
  private Optional<Path> auditLog;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "CPU threads of one operation (default: the number of cores).")
  private Optional<Integer> threads;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      defaultValue = "FLOAT32",
      description =
          "Of products: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). Sixteen bits move"
              + " scores a little; docs/operations.md says how far.")
  private Precision precision;

  @Option(
      names = "--no-calibration",
      description =
          "Answer with probabilities as the networks give them, though their checkpoints were"
              + " calibrated.")
  private boolean uncalibrated;

  Optional<String> line() {
    return line;
  }

  /** CPU threads of one operation. */
  int threads() {
    if (threads.isPresent() && threads.get() < 1) {
      throw new ParameterException(
          spec.commandLine(), "--threads: at least 1, not " + threads.get());
    }
    return threads.orElse(Runtime.getRuntime().availableProcessors());
  }

  DrainLimits drain() {
    return new DrainLimits(drainDelay, drainTimeout);
  }

  ListenConfig listen(long maxBodyBytes, AccessConfig access) {
    return new ListenConfig(host, port, maxBodyBytes, access);
  }

  /**
   * Of a service that listens as by default.
   *
   * @throws ParameterException where the store is none
   * @throws IllegalArgumentException where a number is out of range
   */
  ServingConfig config(
      ServingPolicy policy,
      SteeringConfig steering,
      FindingSets findings,
      Optional<ReceiptKey> key) {
    if (Files.exists(store.root()) && !Files.isDirectory(store.root())) {
      throw new ParameterException(
          spec.commandLine(), "--store: %s is not a directory".formatted(store.root()));
    }
    return new ServingConfig(
        store,
        line,
        policy,
        steering,
        new AnswerConfig(
            findings,
            new BatchLimits(maxBatch, maxDelay, maxWaiting),
            precision,
            !uncalibrated,
            key),
        ListenConfig.DEFAULT,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Closed after all that is to be in it. */
  Closeable audit() {
    if (auditLog.isEmpty()) {
      return () -> {};
    }
    try {
      return new AuditFile(auditLog.get());
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "--audit-log: %s cannot be written".formatted(auditLog.get()), e);
    }
  }
}
