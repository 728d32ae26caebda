package io.radstream.serving;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.radstream.serving.access.AccessConfig;
import io.radstream.serving.checkpoint.CheckpointCatalog;
import io.radstream.serving.checkpoint.CommandOutcome;
import io.radstream.serving.checkpoint.ModelCommands.Command;
import io.radstream.serving.compare.Comparisons;
import io.radstream.serving.decisions.DecisionLog;
import io.radstream.serving.explain.StudyExplainer;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.fleet.Role;
import io.radstream.serving.follow.FollowedTopics;
import io.radstream.serving.http.Doors;
import io.radstream.serving.http.HttpApi;
import io.radstream.serving.http.HttpService;
import io.radstream.serving.http.LiveEvents;
import io.radstream.serving.http.ModelControl;
import io.radstream.serving.http.RequestLimits;
import io.radstream.serving.receipt.Receipts;
import io.radstream.serving.receipt.ScoringMeans;
import io.radstream.serving.score.BatchLimits;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.PromptSet;
import io.radstream.serving.score.ScoringModel;
import io.radstream.serving.score.StudyScorer;
import io.radstream.serving.search.StudySearch;
import io.radstream.serving.training.TrainingHistory;
import io.radstream.serving.worklist.Worklist;
import io.radstream.serving.write.ReportWriter;
import io.radstream.serving.write.WritingLimits;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What {@link ScoringService} has in front of its models, over one model that stays: no broker, no
 * store, no topics. To measure with. Listens on loopback, on any free port.
 */
public final class StandingService implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final String STAYS = "this service has one model, which stays";

  /**
   * What may be asked besides the model; the caller feeds it.
   *
   * @param search made over the service's models
   */
  public record Asked(
      Optional<Function<ModelFleet, StudySearch>> search, Optional<Worklist> worklist) {

    static final Asked MODEL_ALONE = new Asked(Optional.empty(), Optional.empty());
  }

  /** Passes through the network so far, and how many studies were in them. */
  public record Passes(long count, long studies) {}

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final FollowedTopics followed = new FollowedTopics(meters);
  private final ModelFleet fleet = new ModelFleet();
  private final Vertx vertx = Vertx.vertx();
  private final DecisionLog log =
      new DecisionLog("standing", (decision, wanted, failed) -> failed.accept(standing()), meters);
  private final LiveEvents events = new LiveEvents(vertx, fleet, log);
  private final Doors doors;
  private final StudyScorer scorer;
  private final StudyExplainer explainer = new StudyExplainer(fleet, StudyExplainer.MOST_WAITING);
  private final ReportWriter writer = new ReportWriter(fleet, WritingLimits.DEFAULT, meters);
  private final Optional<StudySearch> search;
  private final HttpService http;

  private StandingService(ScoringModel model, ScoringMeans means, BatchLimits batches, Asked asked)
      throws IOException {
    this.search = asked.search().map(made -> made.apply(fleet));
    this.doors = Doors.open(vertx, AccessConfig.open(), HOST, meters, InstantSource.system());
    this.scorer = new StudyScorer(fleet, batches, meters);
    CheckpointCatalog catalog = new CheckpointCatalog(events::changed);
    TrainingHistory history = new TrainingHistory(Optional.empty(), events, meters);
    HttpApi api =
        new HttpApi(
            new HttpApi.Sources(
                scorer,
                explainer,
                writer,
                FindingSets.of(PromptSet.builtIn()),
                fleet,
                catalog,
                new ModelControl(log, StandingService::refuse),
                history,
                events,
                followed,
                new Comparisons(InstantSource.system()),
                new Receipts(
                    means,
                    FindingSets.of(PromptSet.builtIn()),
                    Optional.empty(),
                    InstantSource.system()),
                search,
                asked.worklist(),
                meters),
            ListenConfig.DEFAULT_MAX_BODY_BYTES,
            RequestLimits.DEFAULT,
            doors);
    fleet.arrange(Map.of(Role.LIVE, model), 0);
    search.ifPresent(StudySearch::changed);
    this.http = HttpService.start(vertx, api, HOST, 0);
  }

  /**
   * @param model the service's from now on
   * @param means by which it computes
   * @throws IOException where no port can be listened on
   */
  public static StandingService start(ScoringModel model, ScoringMeans means, BatchLimits batches)
      throws IOException {
    return start(model, means, batches, Asked.MODEL_ALONE);
  }

  /**
   * @param model as above
   * @param means as above
   * @param asked closed with the service
   * @throws IOException as above
   */
  public static StandingService start(
      ScoringModel model, ScoringMeans means, BatchLimits batches, Asked asked) throws IOException {
    return new StandingService(model, means, batches, asked);
  }

  private static CompletableFuture<CommandOutcome> refuse(Command command) {
    return CompletableFuture.completedFuture(
        new CommandOutcome.NotLoadable(command.checkpointId().orElse(""), STAYS));
  }

  private static IllegalStateException standing() {
    return new IllegalStateException(STAYS);
  }

  public int port() {
    return http.port();
  }

  public Passes passes() {
    DistributionSummary sizes = meters.get("radstream.batch.size").summary();
    return new Passes(sizes.count(), Math.round(sizes.totalAmount()));
  }

  @Override
  public void close() {
    events.close();
    http.close();
    doors.close();
    scorer.close();
    explainer.close();
    writer.close();
    search.ifPresent(StudySearch::close);
    fleet.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
