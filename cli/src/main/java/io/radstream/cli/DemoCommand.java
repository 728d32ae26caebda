package io.radstream.cli;

import io.radstream.cli.demo.Demo;
import io.radstream.cli.demo.DemoProgress;
import io.radstream.cli.demo.DemoSettings;
import io.radstream.cli.demo.DemoSummary;
import io.radstream.cli.demo.Footing;
import io.radstream.cli.demo.HeldOut;
import io.radstream.cli.embedded.ClusterSettings;
import io.radstream.cli.embedded.Distribution;
import io.radstream.cli.embedded.EmbeddedCluster;
import io.radstream.cli.embedded.Workplace;
import io.radstream.cli.traces.TraceExport;
import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.producers.phantom.SyntheticSource;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyPart;
import io.radstream.producers.publish.StudySource;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.trace.Tracing;
import io.radstream.serving.access.AccessConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code radstream demo}: everything in one go. */
@Command(
    name = "demo",
    description = {
      "The whole pipeline in one go: broker, registry, studies, stream stage, trainer, serving.",
      "",
      "Trains the tiny preset on synthetic studies, or on yours, and serves each checkpoint while"
          + " training goes on; open the address that it prints. Stays up until Ctrl-C, unless"
          + " --once is given."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream demo",
      "  radstream demo --once --json",
      "  radstream demo jsonl --path studies.jsonl --data-dir ~/radstream-demo",
      "  radstream demo --bootstrap localhost:9092 --registry http://localhost:8081 \\",
      "      --topic-prefix demo."
    })
final class DemoCommand implements Callable<Integer> {

  private static final int PARTITIONS = 2;
  private static final int HELD_OUT = 300;
  private static final int SYNTHETIC_VOCABULARY = 1_000;
  private static final int FREE_TEXT_VOCABULARY = 4_000;
  private static final long SYNTHETIC_STEPS = 1_800;
  private static final long JSONL_STEPS = 300;

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private JsonSummary json;
  @Mixin private JsonlFile jsonl;
  @Mixin private PseudonymKey key;
  @Mixin private DeviceOption device;
  @Mixin private TraceOptions traces;

  @Option(
      names = "--once",
      description = "Stop after training, instead of serving on until Ctrl-C.")
  private boolean once;

  @Parameters(
      arity = "0..1",
      paramLabel = "SOURCE",
      description =
          "Where the studies come from, as of publish: synthetic or jsonl (default: synthetic).")
  private Optional<SourceKind> source;

  @Option(names = "--source", hidden = true, description = "As it was spelt once.")
  private Optional<SourceKind> sourceAsOption;

  @Option(
      names = "--studies",
      defaultValue = "3000",
      paramLabel = "N",
      description = "How many synthetic studies are drawn (default: ${DEFAULT-VALUE}).")
  private long studies;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of synthetic studies (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "Optimizer steps (default: "
              + SYNTHETIC_STEPS
              + " for synthetic studies, "
              + JSONL_STEPS
              + " for others).")
  private Optional<Long> steps;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Keeps topics, schemas and checkpoints for the next time (default: a temporary"
              + " directory).")
  private Optional<Path> dataDirectory;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address to serve at; 0.0.0.0 for all, with --insecure (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--insecure",
      description = "Let others than this machine ask, in the clear and whoever they are.")
  private boolean insecure;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Port to serve at; 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--no-kill",
      description =
          "Leaves out what shows what the ledger is for: a short line of its own, whose trainer is"
              + " killed twice and whose steps are then all taken again.")
  private boolean withoutKill;

  private volatile boolean stopRequested;
  private volatile Optional<Demo> running = Optional.empty();

  @Override
  public Integer call() throws IOException, InterruptedException {
    StudySource studySource = source();
    Optional<KafkaConnection> given = connectionOptions.connectionIfGiven();
    GracefulStop.during(() -> run(studySource, given), this::requestStop);
    return Radstream.DONE;
  }

  /** The demo may not have begun: then it is stopped as soon as it has. */
  private void requestStop() {
    stopRequested = true;
    running.ifPresent(Demo::requestStop);
  }

  private void run(StudySource studySource, Optional<KafkaConnection> given)
      throws IOException, InterruptedException {
    DemoProgress progress = new DemoProgress(spec.commandLine().getErr(), Clock.systemUTC());
    try (TraceExport export = traces.open("demo");
        Workplace workplace = Workplace.of(dataDirectory)) {
      DemoSettings settings = settings(studySource, workplace.directory(), export.tracing());
      if (given.isPresent()) {
        new TopicSetup(given.get()).create(PARTITIONS);
        run(given.get(), Footing.ELSEWHERE, settings, progress);
      } else {
        runOnOwnCluster(settings, progress);
      }
    }
  }

  private void runOnOwnCluster(DemoSettings settings, DemoProgress progress)
      throws IOException, InterruptedException {
    progress.tell("Starting a broker and a schema registry");
    ClusterSettings cluster =
        ClusterSettings.in(settings.directory().resolve("cluster"))
            .withTopics(connectionOptions.topics(), PARTITIONS);
    try (EmbeddedCluster embedded = EmbeddedCluster.start(cluster, Distribution.ofThisProcess())) {
      KafkaConnection connection = embedded.connection();
      progress.tell(
          "Broker at %s, registry at %s".formatted(connection.bootstrap(), connection.registry()));
      run(connection, embedded::requireAlive, settings, progress);
    }
  }

  private void run(
      KafkaConnection connection, Footing cluster, DemoSettings settings, DemoProgress progress)
      throws IOException, InterruptedException {
    TrainingProgress display = new TrainingProgress(spec.commandLine().getErr());
    Demo demo = new Demo(connection, cluster, settings, progress, display, Clock.systemUTC());
    running = Optional.of(demo);
    if (stopRequested) {
      demo.requestStop();
    }
    demo.run(!once, summary -> report(summary, progress));
  }

  private void report(DemoSummary summary, DemoProgress progress) {
    tell(summary, progress);
    json.print(summary);
  }

  private static void tell(DemoSummary summary, DemoProgress progress) {
    progress.tell(
        "%d steps; loss %s to %s; retrieval top-1 %s (chance %s)"
            .formatted(
                summary.steps(),
                shown(summary.lossFirst()),
                shown(summary.lossLast()),
                shown(summary.retrievalTop1Validation()),
                shown(summary.retrievalChance())));
    summary
        .zeroShotAucByFinding()
        .forEach(
            (finding, auc) -> progress.tell("  zero-shot AUC %-14s %.3f".formatted(finding, auc)));
    progress.tell(
        "%d requests, %d failed, over %d hot loads"
            .formatted(summary.requests(), summary.requestsFailed(), summary.hotLoads()));
    if (summary.kills() != null) {
      progress.tell(
          "%d kills of a trainer; its %d steps, taken again from the topics: %s; weights %s"
              .formatted(
                  summary.kills(),
                  summary.ledgerSteps(),
                  summary.replayIdentical() ? "the same bits" : "OTHER BITS",
                  summary.weightsSha256()));
    }
  }

  private static String shown(Double figure) {
    return figure == null ? "unknown" : "%.4f".formatted(figure);
  }

  private DemoSettings settings(StudySource studySource, Path directory, Tracing tracing) {
    boolean synthetic = kind() == SourceKind.SYNTHETIC;
    // An even start: an odd study can be the second one of the patient before.
    HeldOut heldOut = new HeldOut(new PhantomGenerator(), seed, studies + studies % 2, HELD_OUT);
    return new DemoSettings(
        studySource,
        synthetic ? Pseudonymizer.demo() : key.pseudonymizer(true),
        List.of(StudyPart::withoutLabels),
        heldOut,
        synthetic,
        synthetic ? SYNTHETIC_VOCABULARY : FREE_TEXT_VOCABULARY,
        steps.orElse(synthetic ? SYNTHETIC_STEPS : JSONL_STEPS),
        !withoutKill,
        device.choice(),
        directory,
        Radstream.class.getName(),
        host,
        port,
        access(),
        tracing);
  }

  private AccessConfig access() {
    AccessConfig access = AccessConfig.open().withInsecure(insecure);
    try {
      access.requireSafe(host);
      return access;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--host: others reach %s, and a demo asks nobody who they are; give --insecure, too, where"
                  .formatted(host)
              + " that is right",
          e);
    }
  }

  private SourceKind kind() {
    if (source.isPresent() && sourceAsOption.isPresent() && !source.equals(sourceAsOption)) {
      throw new ParameterException(
          spec.commandLine(), "the source is named twice, and not the same: leave out --source");
    }
    return source.or(() -> sourceAsOption).orElse(SourceKind.SYNTHETIC);
  }

  private StudySource source() throws IOException {
    if (kind() == SourceKind.SYNTHETIC) {
      jsonl.requireNone();
      return new SyntheticSource(new PhantomGenerator(), seed, 0, studies);
    }
    return jsonl.source();
  }
}
