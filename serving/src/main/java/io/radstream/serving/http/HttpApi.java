package io.radstream.serving.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.radstream.serving.access.Access;
import io.radstream.serving.access.AccessConfig;
import io.radstream.serving.access.Neighbours;
import io.radstream.serving.checkpoint.CheckpointCatalog;
import io.radstream.serving.compare.Comparisons;
import io.radstream.serving.explain.StudyExplainer;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.follow.FollowedTopics;
import io.radstream.serving.inference.InferenceReader;
import io.radstream.serving.receipt.Receipts;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.StudyScorer;
import io.radstream.serving.search.StudySearch;
import io.radstream.serving.training.TrainingHistory;
import io.radstream.serving.worklist.Worklist;
import io.radstream.serving.write.ReportWriter;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All routes. {@code openapi.yaml} beside this class is their contract. */
public final class HttpApi {

  /**
   * What the routes answer from.
   *
   * @param scorer scores studies
   * @param explainer tells where scores come from
   * @param writer writes reports
   * @param findings what may be asked for
   * @param fleet the loaded models
   * @param catalog the announced checkpoints
   * @param control what is decided about them
   * @param history the course of the training
   * @param events told to open pages
   * @param followed the topics that the service follows
   * @param comparisons of the live model and those on trial
   * @param receipts given with scores that are asked for with one
   * @param search finds what is near; empty where it is not asked for
   * @param worklist studies that arrived; empty where there is no list
   * @param meters written out for Prometheus
   */
  public record Sources(
      StudyScorer scorer,
      StudyExplainer explainer,
      ReportWriter writer,
      FindingSets findings,
      ModelFleet fleet,
      CheckpointCatalog catalog,
      ModelControl control,
      TrainingHistory history,
      LiveEvents events,
      FollowedTopics followed,
      Comparisons comparisons,
      Receipts receipts,
      Optional<StudySearch> search,
      Optional<Worklist> worklist,
      PrometheusMeterRegistry meters) {}

  /** In the time after which a silent connection is closed: one in 15 seconds, of five minutes. */
  private static final int HEARTBEATS = 20;

  /** What Vert.x calls a body that broke off or cannot be told apart from what follows it. */
  private static final int BROKEN_BODY = 200;

  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private final Sources sources;
  private final long maxBodyBytes;
  private final RequestLimits limits;
  private final Doors doors;
  private final RequestMeters meters;
  private final InFlight inFlight = new InFlight();

  /** In the order in which they are asked. */
  private final List<Guard> guards;

  private final List<Endpoint> endpoints;

  /**
   * @param maxBodyBytes larger requests are refused
   * @param limits how long a client may take to ask, and how much all may ask at a time
   * @param doors who may ask, and from where
   */
  public HttpApi(Sources sources, long maxBodyBytes, RequestLimits limits, Doors doors) {
    this(sources, maxBodyBytes, limits, doors, RequestSpans.none());
  }

  /** The same, telling of each request by a span. */
  public HttpApi(
      Sources sources, long maxBodyBytes, RequestLimits limits, Doors doors, RequestSpans spans) {
    this.sources = sources;
    this.maxBodyBytes = maxBodyBytes;
    this.limits = limits;
    this.doors = doors;
    this.meters = new RequestMeters(sources.meters());
    this.guards =
        List.of(
            spans,
            new AuditTrail(doors.clock()),
            new AccessGuard(doors.callers(), doors.signIns(sources.meters())),
            new RateGuard(doors.rate(sources.meters())),
            new ListenerGuard(doors.config().limits().listeners()),
            new MediaTypes(),
            new BodyBudget(limits.bodyBytes(), maxBodyBytes));
    this.endpoints = groups().stream().flatMap(group -> group.endpoints().stream()).toList();
  }

  private List<EndpointGroup> groups() {
    AskedModels models = new AskedModels(sources.findings(), sources.fleet());
    Readiness readiness = new Readiness(sources.fleet(), sources.followed(), inFlight);
    return List.of(
        new ScoringEndpoints(
            sources.scorer(),
            sources.findings(),
            new StudyRequest(maxBodyBytes),
            meters,
            sources.receipts()),
        new ExplainEndpoints(sources.explainer(), new StudyRequest(maxBodyBytes), meters),
        new ReportEndpoints(
            sources.writer(),
            new StudyRequest(maxBodyBytes),
            meters,
            limits.silence().dividedBy(HEARTBEATS)),
        new SearchEndpoints(
            sources.search(),
            new ScoringCall(sources.scorer(), meters),
            new StudyRequest(maxBodyBytes),
            meters),
        new WorklistEndpoints(sources.worklist()),
        new ReceiptEndpoints(sources.receipts()),
        new ModelEndpoints(sources.catalog(), sources.fleet(), sources.control().log()),
        new DecisionEndpoints(sources.control(), sources.fleet()),
        new ComparisonEndpoints(sources.comparisons(), sources.fleet()),
        new TrainingEndpoints(
            sources.history(), sources.catalog(), sources.events(), limits.listeners()),
        new HealthEndpoints(
            readiness,
            sources.meters(),
            doors.config().identification().publicMetrics() ? Access.PUBLIC : Access.READ),
        new InferenceEndpoints(
            models,
            readiness,
            new InferenceHandler(
                new ScoringCall(sources.scorer(), meters),
                models,
                new InferenceReader(maxBodyBytes))),
        new ContractEndpoints(),
        new PageFiles());
  }

  InFlight inFlight() {
    return inFlight;
  }

  RequestLimits limits() {
    return limits;
  }

  Doors doors() {
    return doors;
  }

  List<Endpoint> endpoints() {
    return endpoints;
  }

  /** Requests to score or embed studies, whether well or with an error. */
  public long scoringRequests() {
    return Stream.concat(
            Stream.of(ScoringEndpoints.SCORE, ScoringEndpoints.EMBED),
            InferenceEndpoints.INFER.stream())
        .mapToLong(meters::answered)
        .sum();
  }

  public Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    AccessConfig access = doors.config();
    router.route().handler(inFlight);
    router.route().handler(doors.headers());
    router.route().handler(meters);
    router.route().handler(new BodyDeadline(limits, meters));
    router.route().handler(HttpApi::checkEscapes);
    router.route().handler(new BrowserCheck(access.neighbours(), doors.host()));
    if (!access.neighbours().corsOrigins().isEmpty()) {
      router.route().handler(cors(access.neighbours()));
    }
    endpoints.forEach(endpoint -> mount(router, endpoint));
    ProblemHandler problems = new ProblemHandler(maxBodyBytes);
    for (int status = 400; status < 600; status++) {
      int failed = status;
      router.errorHandler(failed, context -> problems.handle(withAllow(context, failed), failed));
    }
    router.errorHandler(BROKEN_BODY, context -> problems.handle(context, 400));
    return router;
  }

  /** For pages of listed sites only: it knows nothing of the service's own. */
  private static Handler<RoutingContext> cors(Neighbours neighbours) {
    CorsHandler cors =
        CorsHandler.create()
            .addOrigins(List.copyOf(neighbours.corsOrigins()))
            .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.POST))
            .allowedHeaders(Set.of("Authorization", "Content-Type"))
            .exposedHeaders(Set.of("Retry-After"));
    return context -> {
      String origin = context.request().getHeader("Origin");
      if (origin != null && neighbours.isListed(origin)) {
        cors.handle(context);
      } else {
        context.next();
      }
    };
  }

  /** Here, since what Vert.x makes of them depends on who decodes them first. */
  private static void checkEscapes(RoutingContext context) {
    if (BROKEN_ESCAPE.matcher(context.request().uri()).find()) {
      throw new ProblemException(
          Problem.badRequest(
              "bad_target",
              "a % in the path or the query is not followed by two hexadecimal digits; write %25"
                  + " for the sign itself"));
    }
    context.next();
  }

  private void mount(Router router, Endpoint endpoint) {
    route(router, endpoint).handler(context -> RequestMeters.meet(context, endpoint));
    guards.forEach(
        guard ->
            guard.before(endpoint).ifPresent(handler -> route(router, endpoint).handler(handler)));
    if (!endpoint.accepts().isEmpty()) {
      route(router, endpoint).handler(new StudyBody(maxBodyBytes));
    }
    route(router, endpoint).handler(endpoint.handler());
  }

  private static Route route(Router router, Endpoint endpoint) {
    return router.route(endpoint.method(), endpoint.routerPath());
  }

  private RoutingContext withAllow(RoutingContext context, int status) {
    if (status == 405) {
      String path = context.normalizedPath();
      String methods =
          endpoints.stream()
              .filter(endpoint -> path.matches(endpoint.path().replaceAll("\\{\\w+}", "[^/]+")))
              .map(endpoint -> endpoint.method().name())
              .distinct()
              .collect(Collectors.joining(", "));
      context.response().putHeader("Allow", methods);
    }
    return context;
  }
}
