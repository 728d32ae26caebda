package io.radstream.serving;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.radstream.model.RefersLoader;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.SpareTime;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TrainingMetric;
import io.radstream.schemas.log.TopicFollower;
import io.radstream.schemas.trace.Tracing;
import io.radstream.serving.arrivals.ArrivalStream;
import io.radstream.serving.checkpoint.CheckpointCatalog;
import io.radstream.serving.checkpoint.CheckpointSpans;
import io.radstream.serving.checkpoint.NetworkLoader;
import io.radstream.serving.checkpoint.WithdrawalListener;
import io.radstream.serving.compare.Comparisons;
import io.radstream.serving.explain.StudyExplainer;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.fleet.ServingPolicy;
import io.radstream.serving.follow.FollowedTopics;
import io.radstream.serving.freshness.Freshness;
import io.radstream.serving.http.Doors;
import io.radstream.serving.http.DrainLimits;
import io.radstream.serving.http.HttpApi;
import io.radstream.serving.http.HttpService;
import io.radstream.serving.http.LiveEvents;
import io.radstream.serving.http.RequestLimits;
import io.radstream.serving.http.RequestSpans;
import io.radstream.serving.live.LiveAnnouncer;
import io.radstream.serving.pictures.PictureReader;
import io.radstream.serving.receipt.Receipts;
import io.radstream.serving.receipt.ScoringMeans;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.StudyScorer;
import io.radstream.serving.training.TrainingHistory;
import io.radstream.serving.watch.AlarmThread;
import io.radstream.serving.watch.WatchLimits;
import io.radstream.serving.watch.Watchdog;
import io.radstream.serving.write.ReportWriter;
import io.radstream.serving.write.WritingLimits;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scoring service: follows {@code checkpoints}, {@code studies.withdrawn} and {@code
 * training.metrics}, agrees on {@code models.decisions} with its other instances which checkpoint
 * is to answer, says on {@code models.live} what it has in use, and answers over HTTP. The engine
 * must have been started ({@link io.radstream.model.engine.TorchEngine#start}).
 */
public final class ScoringService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ScoringService.class);

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final CountDownLatch ready = new CountDownLatch(1);
  private final OpenParts parts;
  private final ModelFleet fleet;
  private final Steering steering;
  private final Doors doors;
  private final Freshness freshness;
  private final LiveEvents events;
  private final String host;
  private final LiveAnnouncer announcer;
  private final Comparisons comparisons;
  private final Optional<Searching> searching;
  private final Optional<Listing> listing;
  private final HttpApi api;
  private final HttpService http;
  private final FollowedTopics followed;
  private final Optional<ArrivalStream> arrivals;

  /**
   * @param parts are given all that has to be closed, also where this fails half-way
   */
  private ScoringService(
      OpenParts parts,
      KafkaConnection connection,
      ServingConfig config,
      ComputeDevice device,
      InstantSource clock,
      Tracing tracing)
      throws IOException {
    this.parts = parts;
    this.host = config.listen().host();
    Vertx vertx = parts.add(Vertx.vertx(), ScoringService::close);
    ExecutorService closing =
        parts.add(
            Executors.newSingleThreadExecutor(work -> SpareTime.thread("close-models", work)),
            ExecutorService::shutdown);
    RefersLoader networks =
        parts.add(new RefersLoader(device, config.answers().precision()), RefersLoader::close);
    this.fleet = parts.add(new ModelFleet(closing), ModelFleet::close);
    this.searching =
        config
            .search()
            .map(
                limits ->
                    parts.add(
                        new Searching(
                            connection,
                            limits,
                            new PictureReader(config.originals()),
                            fleet,
                            meters),
                        Searching::close));
    ServingPolicy policy = parts.add(config.policy(), ServingPolicy::close);
    this.doors =
        parts.add(Doors.open(vertx, config.listen().access(), host, meters, clock), Doors::close);
    String instance = UUID.randomUUID().toString();
    this.freshness = new Freshness(meters, clock);
    TraceMeters.register(tracing.counts(), meters);
    CheckpointSpans spans = new CheckpointSpans(tracing, instance);
    this.steering =
        parts.add(
            new Steering(
                connection,
                config,
                NetworkLoader.beside(networks),
                fleet,
                instance,
                this::changed,
                clock,
                meters,
                spans),
            Steering::close);
    this.events = new LiveEvents(vertx, fleet, steering.control().log());
    this.announcer =
        parts.add(LiveAnnouncer.of(connection, instance, fleet::live, clock), LiveAnnouncer::close);
    this.comparisons = new Comparisons(clock);
    this.listing =
        config
            .worklist()
            .map(
                limits ->
                    parts.add(
                        new Listing(
                            connection, limits, comparisons::all, clock, meters, events::listed),
                        Listing::close));
    AlarmThread alarms = parts.add(new AlarmThread(steering::takeBack), AlarmThread::close);
    StudyScorer scorer =
        parts.add(
            new StudyScorer(
                fleet,
                config.answers().batches(),
                meters,
                new Watchdog(WatchLimits.DEFAULT, fleet::roles, alarms, meters).and(comparisons)),
            StudyScorer::close);
    Receipts receipts =
        new Receipts(
            ScoringMeans.of(config.answers().precision(), device),
            config.answers().findings(),
            config.answers().receiptKey(),
            clock);
    StoreMeters.register(config.originals(), meters);
    this.arrivals =
        config.arrivals()
            ? Optional.of(
                parts.add(
                    ArrivalStream.of(
                        connection,
                        config.steering().service() + "-score",
                        instance,
                        scorer,
                        receipts,
                        config.originals(),
                        fleet::live,
                        meters,
                        clock),
                    ArrivalStream::close))
            : Optional.empty();
    this.followed = parts.add(new FollowedTopics(meters), FollowedTopics::close);
    CheckpointCatalog catalog = steering.catalog();
    TrainingHistory history = new TrainingHistory(config.line(), events, meters);
    this.api =
        new HttpApi(
            new HttpApi.Sources(
                scorer,
                parts.add(
                    new StudyExplainer(fleet, StudyExplainer.MOST_WAITING), StudyExplainer::close),
                parts.add(
                    new ReportWriter(fleet, WritingLimits.DEFAULT, meters), ReportWriter::close),
                config.answers().findings(),
                fleet,
                catalog,
                steering.control(),
                history,
                events,
                followed,
                comparisons,
                receipts,
                searching.map(Searching::search),
                listing.map(Listing::worklist),
                meters),
            config.listen().maxBodyBytes(),
            RequestLimits.DEFAULT,
            doors,
            new RequestSpans(tracing, spans, clock, instance, doors.askWho()));
    steering.follow(connection, followed);
    listing.ifPresent(list -> list.follow(connection, followed));
    followed.need(
        TopicFollower.of(
            connection,
            Topic.STUDIES_WITHDRAWN,
            StudyWithdrawn.class,
            withdrawals(new WithdrawalListener(catalog, meters))));
    followed.add(
        TopicFollower.of(
            connection,
            Topic.TRAINING_METRICS,
            TrainingMetric.class,
            (metrics, caughtUp) -> {
              history.accept(metrics, caughtUp);
              freshness.read(metrics);
            }));
    policy.start();
    this.http =
        parts.add(HttpService.start(vertx, api, host, config.listen().port()), HttpService::close);
  }

  /**
   * Starts to listen and to follow; the first checkpoint is loaded in the background.
   *
   * @param device that networks compute on
   * @throws IOException where the address cannot be listened on, or a file of keys or certificates
   *     cannot be used ({@link io.radstream.serving.access.UnusableAccessException})
   */
  public static ScoringService start(
      KafkaConnection connection, ServingConfig config, ComputeDevice device, InstantSource clock)
      throws IOException {
    return start(connection, config, device, clock, Tracing.off());
  }

  /** The same, telling of checkpoints and requests by spans. */
  public static ScoringService start(
      KafkaConnection connection,
      ServingConfig config,
      ComputeDevice device,
      InstantSource clock,
      Tracing tracing)
      throws IOException {
    OpenParts parts = new OpenParts();
    try {
      ScoringService service =
          new ScoringService(parts, connection, config, device, clock, tracing);
      service.searching.ifPresent(Searching::start);
      service.announcer.start();
      service.steering.start();
      service.followed.start();
      service.arrivals.ifPresent(ArrivalStream::start);
      LOG.atInfo().addKeyValue("uri", service.uri()).log("scoring service listens");
      return service;
    } catch (IOException | RuntimeException | Error e) {
      try {
        parts.close();
      } catch (RuntimeException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  private TopicFollower.Listener<StudyWithdrawn> withdrawals(WithdrawalListener flagging) {
    TopicFollower.Listener<StudyWithdrawn> told =
        searching
            .<TopicFollower.Listener<StudyWithdrawn>>map(
                started -> new BothListeners<>(flagging, started.search().withdrawals()))
            .orElse(flagging);
    return listing
        .<TopicFollower.Listener<StudyWithdrawn>>map(
            list -> new BothListeners<>(told, list.worklist().withdrawals()))
        .orElse(told);
  }

  private static void close(Vertx vertx) {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void changed(CheckpointCatalog catalog) {
    events.changed(catalog);
    announcer.changed();
    freshness.live(fleet.live(), catalog.newestFirst());
    comparisons.keepOnly(fleet.roles().values());
    searching.ifPresent(started -> started.search().changed());
    if (fleet.live().isPresent()) {
      ready.countDown();
    }
  }

  /** The port that is listened on. */
  public int port() {
    return http.port();
  }

  /** Where the page is. */
  public URI uri() {
    return URI.create(
        doors.scheme() + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
  }

  /** How often a checkpoint became live, the first one included. */
  public long hotLoads() {
    return fleet.hotLoads();
  }

  /** Studies scored or embedded over HTTP, whether well or with an error. */
  public long requests() {
    return api.scoringRequests();
  }

  /** Which checkpoint answers; empty before the first and after the end. */
  public Optional<ModelIdentity> live() {
    return fleet.live();
  }

  /**
   * Waits for the first checkpoint.
   *
   * @return false where there is still none after that time
   */
  public boolean awaitReady(Duration timeout) throws InterruptedException {
    return ready.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Lets clients go: the service is not ready any more, then its port is closed, and what is in
   * flight is answered. To be followed by {@link #close}.
   *
   * @param tell hears how it goes, for people
   */
  public void drain(DrainLimits limits, Consumer<String> tell) {
    http.drain(limits, events::close, tell);
  }

  /** Stops accepting, finishes what is in flight, and frees the models. */
  @Override
  public void close() {
    // What is in flight may wait for a record that it has written to come back.
    drain(DrainLimits.DEFAULT, told -> {});
    parts.close();
  }
}
