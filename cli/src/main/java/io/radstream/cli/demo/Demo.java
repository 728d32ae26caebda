package io.radstream.cli.demo;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.producers.publish.PublishSummary;
import io.radstream.producers.publish.StudyPublisher;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.serving.ListenConfig;
import io.radstream.serving.ScoringService;
import io.radstream.serving.ServingConfig;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.search.SearchLimits;
import io.radstream.serving.worklist.WorklistLimits;
import io.radstream.streams.StageConfig;
import io.radstream.streams.StreamStage;
import io.radstream.streams.TokenizerTraining;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.config.RunConfigReader;
import io.radstream.trainer.config.RunPreset;
import io.radstream.trainer.replay.ReplayListener;
import io.radstream.trainer.run.Beginning;
import io.radstream.trainer.run.RunRequest;
import io.radstream.trainer.run.RunSummary;
import io.radstream.trainer.run.Surroundings;
import io.radstream.trainer.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The pipeline from studies to scores on one cluster, in one process. */
public final class Demo {

  private static final String LINE = "demo";
  private static final long PUBLISHED_EVERY = 500;
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final int SEARCHED = 200;
  private static final int LISTED = 1_000;
  private static final Duration LISTED_FOR = Duration.ofDays(1);
  private static final Duration LAST_LOAD = Duration.ofSeconds(30);

  private final KafkaConnection connection;
  private final Footing cluster;
  private final DemoSettings settings;
  private final DemoProgress progress;
  private final LiveTraining display;
  private final Clock clock;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile Optional<TrainingRun> running = Optional.empty();

  /**
   * @param cluster that the connection leads to
   */
  public Demo(
      KafkaConnection connection,
      Footing cluster,
      DemoSettings settings,
      DemoProgress progress,
      LiveTraining display,
      Clock clock) {
    this.connection = connection;
    this.cluster = cluster;
    this.settings = settings;
    this.progress = progress;
    this.display = display;
    this.clock = clock;
  }

  /** Ends the demo early; from any thread. */
  public void requestStop() {
    stop.countDown();
    running.ifPresent(TrainingRun::requestStop);
  }

  /**
   * Publishes, tokenizes, trains and serves; ends where anything that it stands on does.
   *
   * @param stayUp serve on after training, until asked to stop
   * @param report is told the summary once training is done
   */
  public void run(boolean stayUp, Consumer<DemoSummary> report)
      throws IOException, InterruptedException {
    // Where the device is not there, before anything is published.
    ComputeDevice device = settings.choice().start(threads());
    PublishSummary published = publish();
    try (ReportTokenizer tokenizer = tokenizer();
        StreamStage stage =
            StreamStage.start(
                connection, stage(tokenizer), path("streams"), 1, settings.tracing())) {
      awaitTuples(stage);
      trainAndServe(published, tokenizer, device, () -> requireAlive(stage), stayUp, report);
    }
  }

  private PublishSummary publish() {
    progress.tell("Publishing studies of source %s".formatted(settings.source().name()));
    try (StudyPublisher publisher =
        StudyPublisher.open(
            connection,
            new StudyPublisher.Manner(
                settings.pseudonymizer(),
                StudyPublisher.DEFAULT_VIEW_SIZE,
                settings.partSteps(),
                Optional.empty(),
                settings.tracing()),
            clock)) {
      PublishSummary summary = publisher.publish(settings.source(), this::published);
      progress.tell(
          "Published %d studies, %.1f MB; refused %d"
              .formatted(summary.sent(), summary.bytes() / 1e6, summary.refusedTotal()));
      return summary;
    }
  }

  private void published(long items) {
    if (items % PUBLISHED_EVERY == 0) {
      progress.tell("  %d studies".formatted(items));
    }
  }

  /** Kept beside the tuples it made: a second demo on the same data must go on with it. */
  private ReportTokenizer tokenizer() throws IOException, InterruptedException {
    Path file = path("tokenizer.json");
    if (Files.notExists(file)) {
      Files.write(file, TokenizerTraining.fromTopic(connection, settings.vocabulary()));
    }
    ReportTokenizer tokenizer = ReportTokenizer.load(file);
    progress.tell(
        "Tokenizer of %d tokens from the reports".formatted(tokenizer.vocabulary().size()));
    return tokenizer;
  }

  private static StageConfig stage(ReportTokenizer tokenizer) {
    return StageConfig.of(tokenizer).withSettle(Duration.ZERO).withDeadline(DEADLINE);
  }

  private void awaitTuples(StreamStage stage) throws IOException, InterruptedException {
    while (stage.lag() > 0 && stop.getCount() > 0) {
      requireAlive(stage);
      stop.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }
    progress.tell(
        "Stage: %d tuples, %d rejections"
            .formatted(stage.status().tuples(), stage.status().rejections()));
  }

  private void requireAlive(StreamStage stage) throws IOException {
    cluster.requireAlive();
    stage.requireAlive();
  }

  private void trainAndServe(
      PublishSummary published,
      ReportTokenizer tokenizer,
      ComputeDevice device,
      Footing footing,
      boolean stayUp,
      Consumer<DemoSummary> report)
      throws IOException, InterruptedException {
    CheckpointStore store = new CheckpointStore(path("checkpoints"));
    RunConfig config = config(store, tokenizer);
    LossCourse course = new LossCourse();
    try (ScoringService service =
            ScoringService.start(connection, serving(config), device, clock, settings.tracing());
        Client client = new Client(service, settings, progress);
        TrainingRun run =
            TrainingRun.open(
                new Surroundings(connection, store, settings.choice(), clock)
                    .withTracing(settings.tracing()),
                new RunRequest(config, ReportTokenizers.shared(tokenizer), new Beginning.NewRun()),
                display.and(
                    new BothListeners(
                        course, new BothListeners(new Shortage(clock), new Vigil(footing)))))) {
      progress.tell("Serving at %s from the first checkpoint on".formatted(service.uri()));
      client.start();
      running = Optional.of(run);
      if (stop.getCount() == 0) {
        run.requestStop();
      }
      RunSummary trained = run.run();
      display.end();
      awaitLoaded(service, trained);
      Client.Findings asked = client.finish();
      long listed = list(store, trained, device);
      report.accept(summary(published, trained, course, asked, service, listed, killATrainer()));
      if (stayUp && stop.getCount() > 0) {
        progress.tell("Training is done; serving at %s until Ctrl-C".formatted(service.uri()));
        while (!stop.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          footing.requireAlive();
        }
      }
    }
  }

  /** So that the page has something to show on its worklist. */
  private long list(CheckpointStore store, RunSummary trained, ComputeDevice device)
      throws IOException {
    if (trained.checkpointId().isEmpty() || stop.getCount() == 0) {
      return 0;
    }
    progress.tell("Scoring studies for the worklist");
    return new ListedStudies(connection, device, clock, () -> stop.getCount() == 0)
        .score(store.load(trained.line(), trained.step()));
  }

  /** Empty where that cannot be shown here: a process of its own is told addresses only. */
  private Optional<KillCheck.Outcome> killATrainer() throws IOException, InterruptedException {
    if (!settings.kill() || stop.getCount() == 0 || !connection.properties().isEmpty()) {
      return Optional.empty();
    }
    progress.tell("Killing the trainer of another line, and taking all its steps again");
    return new KillCheck(
            settings.program(),
            connection,
            settings.directory(),
            settings.choice(),
            KillPlan.brief(clock),
            clock,
            () -> stop.getCount() == 0)
        .run(ReplayListener.none());
  }

  private RunConfig config(CheckpointStore store, ReportTokenizer tokenizer) throws IOException {
    RunConfig preset = RunPreset.TINY.config(store.freeLine(LINE), tokenizer.vocabulary().size());
    return new RunConfigReader()
        .read(preset, Optional.empty(), List.of("schedule.steps=" + settings.steps()));
  }

  private int threads() {
    return RunPreset.TINY.config(LINE, settings.vocabulary()).threads();
  }

  private ServingConfig serving(RunConfig config) {
    return ServingConfig.of(path("checkpoints"))
        .withLine(Optional.of(config.line()))
        .withSearch(Optional.of(new SearchLimits(SEARCHED)))
        .withWorklist(
            Optional.of(new WorklistLimits(LISTED, LISTED_FOR, WorklistLimits.NO_FINDINGS)))
        .withListen(
            new ListenConfig(
                settings.host(),
                settings.port(),
                ListenConfig.DEFAULT_MAX_BODY_BYTES,
                settings.access()));
  }

  /** What is measured in the end is the last checkpoint. */
  private void awaitLoaded(ScoringService service, RunSummary trained) throws InterruptedException {
    Optional<String> last = trained.checkpointId();
    long looks = LAST_LOAD.dividedBy(LOOK);
    for (long i = 0; i < looks && !live(service).equals(last); i++) {
      Thread.sleep(LOOK.toMillis());
    }
  }

  private static Optional<String> live(ScoringService service) {
    return service.live().map(ModelIdentity::checkpointId);
  }

  private DemoSummary summary(
      PublishSummary published,
      RunSummary trained,
      LossCourse course,
      Client.Findings asked,
      ScoringService service,
      long listed,
      Optional<KillCheck.Outcome> killed) {
    return DemoSummary.of(
        published,
        Rejections.read(connection),
        trained,
        course,
        asked,
        live(service).orElse(null),
        service.hotLoads(),
        listed,
        killed,
        progress.seconds());
  }

  private Path path(String name) {
    return settings.directory().resolve(name);
  }
}
