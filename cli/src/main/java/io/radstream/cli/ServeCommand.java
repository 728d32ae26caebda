package io.radstream.cli;

import io.radstream.cli.traces.TraceExport;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.schemas.KafkaConnection;
import io.radstream.serving.AnswerConfig;
import io.radstream.serving.ListenConfig;
import io.radstream.serving.ScoringService;
import io.radstream.serving.ServingConfig;
import io.radstream.serving.access.UnusableAccessException;
import io.radstream.serving.fleet.ServingPolicy;
import io.radstream.serving.http.DrainLimits;
import io.radstream.serving.score.BatchLimits;
import io.radstream.serving.score.FindingSet;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.search.SearchLimits;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream serve}: scores over HTTP from the live checkpoint, until told to stop. */
@Command(
    name = "serve",
    description = {
      "Score studies over HTTP, with the newest checkpoint unless --policy says otherwise.",
      "",
      "Each checkpoint that the trainer announces is verified, loaded beside the live one, and"
          + " takes its place, as the policy judges, without a request being lost. 'radstream"
          + " models' changes by hand which one answers. A page for people is at /, the"
          + " contract for programs at /openapi.yaml. Runs until stopped."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream serve --store checkpoints --kafka-config client.properties",
      "  radstream serve --store checkpoints --line chest --port 8090 \\",
      "      --prompts prompts.yaml --model night=night.yaml --model taught \\",
      "      --bootstrap localhost:9092 --registry http://localhost:8081",
      "  radstream serve --store checkpoints --kafka-config client.properties \\",
      "      --policy best --policy-figure validation_auc --policy-direction highest",
      "  radstream serve --policy gate --panel panel.jsonl --gate-level 0.95",
      "  radstream serve --host 0.0.0.0 --tls-certificate tls.crt --tls-key tls.key \\",
      "      --api-keys keys.yaml --public-host scores.hospital.example",
      "  curl -F view=@frontal.png -F view=@lateral.png http://127.0.0.1:8080/v1/score"
    })
final class ServeCommand implements Callable<Integer> {

  private static final String LABELS = "labels";

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private JsonSummary summary;
  @Mixin private DeviceOption device;
  @Mixin private PromptsOption prompts;
  @Mixin private PolicyOptions policies;
  @Mixin private AccessOptions access;
  @Mixin private TraceOptions traces;
  @Mixin private ReceiptOptions receipts;

  @Option(
      names = "--store",
      paramLabel = "DIR",
      defaultValue = "checkpoints",
      description =
          "Where the trainer keeps checkpoints; nothing outside of it is loaded (default:"
              + " ${DEFAULT-VALUE}).")
  private Path store;

  @Option(
      names = "--line",
      paramLabel = "NAME",
      description = "Serve this model line only (default: whichever was announced last).")
  private Optional<String> line;

  @Option(
      names = "--model",
      paramLabel = "NAME[=FILE]",
      mapFallbackValue = LABELS,
      description =
          "A set of findings of its own that clients can ask for by name: those of FILE, which is"
              + " like that of --prompts, or of the label head, with labels or nothing in place of"
              + " a file. All are scored by the same network. Can be given several times.")
  private Map<String, String> models = new LinkedHashMap<>();

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
      names = "--max-body-mib",
      paramLabel = "MIB",
      defaultValue = "64",
      description = "Largest request (default: ${DEFAULT-VALUE}).")
  private int maxBodyMib;

  @Option(
      names = "--score",
      description =
          "Score studies as they arrive on the topic studies.views, too, and publish scores, each"
              + " once; instances share the work. The stage needs --views-at-once.")
  private boolean arrivals;

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

  @Option(
      names = "--search",
      paramLabel = "N",
      description =
          "Index the last N training tuples for /v1/search, for each checkpoint that becomes live"
              + " (default: nothing is indexed).")
  private Optional<Integer> search;

  @Override
  public Integer call() throws IOException, InterruptedException {
    KafkaConnection connection = connectionOptions.connection();
    if (threads.isPresent() && threads.get() < 1) {
      throw new ParameterException(
          spec.commandLine(), "--threads: at least 1, not " + threads.get());
    }
    ServingConfig config = config(policies.policy(connection));
    ComputeDevice found =
        device.choice().start(threads.orElse(Runtime.getRuntime().availableProcessors()));
    CountDownLatch stop = new CountDownLatch(1);
    Closeable audit = audit();
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
    try (TraceExport export = traces.open("serve");
        ScoringService service =
            ScoringService.start(connection, config, on, Clock.systemUTC(), export.tracing())) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf("Serving at %s; stop with Ctrl-C.%n", service.uri());
      err.flush();
      stop.await();
      service.drain(
          new DrainLimits(drainDelay, drainTimeout),
          told -> {
            err.println(told);
            err.flush();
          });
      summary.print(
          new Report(
              service.requests(),
              service.hotLoads(),
              service.live().map(ModelIdentity::checkpointId).orElse(null)));
    } catch (UnusableAccessException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Closeable audit() throws IOException {
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

  private Map<String, FindingSet> named() {
    Map<String, FindingSet> named = new LinkedHashMap<>();
    for (Map.Entry<String, String> model : models.entrySet()) {
      named.put(
          model.getKey(),
          model.getValue().equals(LABELS)
              ? new FindingSet.Taught()
              : new FindingSet.Prompted(prompts.read("--model", Path.of(model.getValue()))));
    }
    return named;
  }

  private record Report(long requests, long hotLoads, String checkpointId) {}

  private ServingConfig config(ServingPolicy policy) throws IOException {
    if (Files.exists(store) && !Files.isDirectory(store)) {
      throw new ParameterException(
          spec.commandLine(), "--store: %s is not a directory".formatted(store));
    }
    try {
      return new ServingConfig(
          store,
          line,
          policy,
          policies.steering(line),
          new AnswerConfig(
              new FindingSets(prompts.set(), named()),
              new BatchLimits(maxBatch, maxDelay, maxWaiting),
              precision,
              !uncalibrated,
              receipts.key()),
          new ListenConfig(host, port, (long) maxBodyMib << 20, access.config()),
          arrivals,
          search.map(SearchLimits::new));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }
}
