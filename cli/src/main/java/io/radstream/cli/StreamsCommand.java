package io.radstream.cli;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.radstream.cli.metrics.MetricsPort;
import io.radstream.cli.metrics.StageMeters;
import io.radstream.cli.traces.TraceExport;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.serving.TraceMeters;
import io.radstream.streams.StageConfig;
import io.radstream.streams.StageStatus;
import io.radstream.streams.StreamStage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream streams}: runs the stream stage until it is told to stop. */
@Command(
    name = "streams",
    description = {
      "Turn studies into training tuples.",
      "",
      "Merges the records of each study, keeps Findings and Impression, and routes the tuples by"
          + " patient. What cannot be used goes to studies.rejected with its reason. Runs until"
          + " stopped; any number of instances share the work."
    },
    footer = {
      "",
      "Examples:",
      "  radstream tokenizer train --kafka-config client.properties",
      "  radstream streams --tokenizer tokenizer.json --kafka-config client.properties",
      "  radstream streams --tokenizer tokenizer.json --reports optional \\",
      "      --deadline 2d --kafka-config client.properties",
      "  radstream streams --tokenizer tokenizer.json --test-share 0.2 \\",
      "      --kafka-config client.properties",
      "  radstream streams --tokenizer tokenizer.json --metrics-port 9102"
    })
final class StreamsCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(StreamsCommand.class);
  private static final Duration STATUS_INTERVAL = Duration.ofSeconds(30);

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private JsonSummary summary;
  @Mixin private MetricsOptions metrics;
  @Mixin private TraceOptions traces;

  @Option(
      names = "--tokenizer",
      paramLabel = "FILE",
      required = true,
      description = "tokenizer.json, from 'radstream tokenizer train'.")
  private Path tokenizerFile;

  @Option(
      names = "--encoder-tokenizer",
      paramLabel = "FILE",
      description =
          "Another one for the report encoder, as that of public BERT weights (default: that of"
              + " --tokenizer).")
  private Optional<Path> encoderTokenizerFile;

  @Option(
      names = "--validation-share",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      description = "Share of patients kept for validation (default: ${DEFAULT-VALUE}).")
  private double validationShare;

  @Option(
      names = "--test-share",
      paramLabel = "SHARE",
      defaultValue = "0",
      description =
          "Share of patients kept for the test, which no run reads; who is kept for validation"
              + " stays the same (default: ${DEFAULT-VALUE}).")
  private double testShare;

  @Option(
      names = "--settle",
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = DurationConverter.class,
      description =
          "Wait so long after a study's last part, as 500ms, 10s, 5m, 2h or 7d (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration settle;

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      defaultValue = "7d",
      converter = DurationConverter.class,
      description =
          "Report a view or report that is missing for so long (default: ${DEFAULT-VALUE}).")
  private Duration deadline;

  @Option(
      names = "--reports",
      paramLabel = "RULE",
      defaultValue = "required",
      description =
          "required: a study without a report is rejected at the deadline. optional: it becomes a"
              + " tuple without tokens then, from which labels can be learned; where the report"
              + " comes after all, a revision has it (default: ${DEFAULT-VALUE}).")
  private StageConfig.Reports reports;

  @Option(
      names = "--views-at-once",
      description =
          "Send the views of a study to the topic studies.views as soon as they come, without"
              + " waiting for its report: radstream score reads them.")
  private boolean viewsAtOnce;

  @Option(
      names = "--keep",
      paramLabel = "TIME",
      defaultValue = "30d",
      converter = DurationConverter.class,
      description =
          "Know a study for so long after its last part, for late views, amended reports and"
              + " corrections; the topic studies must hold it as long (default: ${DEFAULT-VALUE}).")
  private Duration keep;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "128",
      description = "Cut longer reports (default: ${DEFAULT-VALUE}).")
  private int maxTokens;

  @Option(
      names = "--view-cap",
      paramLabel = "N",
      defaultValue = "8",
      description = "Most views of a study (default: ${DEFAULT-VALUE}).")
  private int viewCap;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Decides the split and the drawing of views (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      defaultValue = "${sys:user.home}/.radstream/streams",
      description =
          "A copy of the state, rebuilt from the cluster where it is missing; one directory for"
              + " one instance (default: ${DEFAULT-VALUE}).")
  private Path stateDir;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Share the partitions out over so many threads; what comes out is the same (default: one"
              + " for each processor).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws IOException, InterruptedException {
    KafkaConnection connection = connectionOptions.connection();
    try (ReportTokenizers tokenizers = ReportTokenizers.load(tokenizerFile, encoderTokenizerFile);
        TraceExport export = traces.open("stage");
        StreamStage stage =
            StreamStage.start(
                connection, config(tokenizers), stateDir, threads(), export.tracing())) {
      GracefulStop.during(() -> watch(stage, export), stage::close);
    }
    return Radstream.DONE;
  }

  private void watch(StreamStage stage, TraceExport export)
      throws IOException, InterruptedException {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    StageMeters meters = new StageMeters(stage::status, registry);
    TraceMeters.register(export.tracing().counts(), registry);
    Optional<MetricsPort> port = metrics.open(registry);
    try {
      port.ifPresent(open -> LOG.info("metrics are at port={}", open.port()));
      if (port.isPresent()) {
        meters.lag(lag(stage));
      }
      while (!stage.awaitEnd(STATUS_INTERVAL)) {
        report(stage.status());
        if (port.isPresent()) {
          meters.lag(lag(stage));
        }
      }
    } finally {
      port.ifPresent(MetricsPort::close);
    }
    export.finish();
    summary.print(stage.status());
  }

  private static double lag(StreamStage stage) throws InterruptedException {
    try {
      return stage.lag();
    } catch (IOException e) {
      LOG.debug("the lag is not known: {}", e.getMessage());
      return Double.NaN;
    }
  }

  private int threads() {
    if (threads < 1) {
      throw new ParameterException(
          spec.commandLine(), "--threads: at least 1, not %d".formatted(threads));
    }
    return threads;
  }

  private static void report(StageStatus status) {
    LOG.info(
        "{} records read: {} tuples, {} rejections, {} of them of parts that waited in vain;"
            + " {} parts wait",
        status.records(),
        status.tuples(),
        status.rejections(),
        status.givenUpParts(),
        status.waitingParts());
  }

  private StageConfig config(ReportTokenizers tokenizers) {
    try {
      return new StageConfig(
          tokenizers,
          maxTokens,
          viewCap,
          settle,
          deadline,
          keep,
          validationShare,
          testShare,
          seed,
          reports,
          viewsAtOnce ? StageConfig.Views.SEND_AT_ONCE : StageConfig.Views.WAIT);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
