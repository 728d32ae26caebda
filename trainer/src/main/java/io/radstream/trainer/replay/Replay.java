package io.radstream.trainer.replay;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.model.RefersTraining;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.trainer.data.RunStudies;
import io.radstream.trainer.data.SearchListener;
import io.radstream.trainer.data.StartPoint;
import io.radstream.trainer.data.StudySearch;
import io.radstream.trainer.data.TrainingData;
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.feed.BatchFeed;
import io.radstream.trainer.feed.Read;
import io.radstream.trainer.feed.TrainingBatch;
import io.radstream.trainer.figures.TakenStep;
import io.radstream.trainer.kafka.RunSources;
import io.radstream.trainer.kafka.Source;
import io.radstream.trainer.ledger.LedgerDrafts;
import io.radstream.trainer.ledger.LedgerReader;
import io.radstream.trainer.ledger.StepRecords;
import io.radstream.trainer.run.FirstNetwork;
import io.radstream.trainer.run.LedgerCheck;
import io.radstream.trainer.run.LedgerCheck.Difference;
import io.radstream.trainer.run.RunEnvironment;
import io.radstream.trainer.run.StepTaker;
import io.radstream.trainer.timing.PhaseTimes;
import io.radstream.trainer.tuples.TupleCheck;
import io.radstream.trainer.tuples.Withdrawals;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Takes the steps of a run again, from the topics alone, and compares each with the ledger. Writes
 * nothing. Stops at the first step that differs, unless settings were changed on purpose.
 */
public final class Replay {

  private final KafkaConnection connection;
  private final KafkaClients clients;
  private final ReplayRequest request;
  private final CheckpointStore store;
  private final Clock clock;
  private final ReplayListener listener;
  private volatile boolean stopRequested;

  /**
   * @param store where checkpoints are looked for that runs began from
   */
  public Replay(
      KafkaConnection connection,
      ReplayRequest request,
      CheckpointStore store,
      Clock clock,
      ReplayListener listener) {
    this(connection, KafkaClients.of(connection), request, store, clock, listener);
  }

  public Replay(
      KafkaConnection connection,
      KafkaClients clients,
      ReplayRequest request,
      CheckpointStore store,
      Clock clock,
      ReplayListener listener) {
    this.connection = connection;
    this.clients = clients;
    this.request = request;
    this.store = store;
    this.clock = clock;
    this.listener = listener;
  }

  /** Lets the step in hand finish, then has {@link #run} return; from any thread. */
  public void requestStop() {
    stopRequested = true;
  }

  /**
   * @throws TrainingException where the run, or what it began from, is not to be had
   * @throws IOException where a checkpoint is damaged
   * @throws io.radstream.trainer.ledger.LedgerException where a study cannot be read again
   */
  public ReplaySummary run() throws IOException, InterruptedException {
    LedgerReader ledger = new LedgerReader(clients, connection);
    ReplayPlan plan = ReplayPlan.of(request, ledger, store);
    StartPoint start = plan.start();
    List<Source> sources = sources(plan);
    long until = request.until().orElse(Long.MAX_VALUE);
    long known =
        ledger.count(
            plan.begin(), request.runId(), number -> number > plan.step() && number <= until);
    try (ReportTokenizers tokenizers = plan.tokenizers()) {
      StudySearch search =
          new StudySearch(
              sources, plan.config(), TupleCheck.of(tokenizers), start, SearchListener.none());
      boolean restaged = request.restaging().isPresent();
      Function<StepRecord, List<Read>> reads =
          restaged ? new RestagedStudies(sources, start.ranges()) : LedgerDrafts::reads;
      RunStudies studies = restaged ? search.restagedLabels() : search.labelsOnly();
      PhaseTimes times = new PhaseTimes(clock);
      try (Withdrawals withdrawn = Withdrawals.follow(sources, clients, connection);
          TrainingData data =
              new TrainingData(
                  plan.config(), tokenizers, start, studies, withdrawn::contains, times);
          RefersTraining network =
              FirstNetwork.of(plan.config(), plan.from(), tokenizers.encoder().tokens()).open()) {
        StepTaker taker =
            new StepTaker(plan.config(), network, new StepRecords(request.runId(), sources), times);
        return replay(
            plan,
            new ReplaySteps(ledger.stream(plan.begin(), request.runId()), plan.step(), until),
            known,
            data,
            reads,
            network,
            taker);
      }
    }
  }

  private List<Source> sources(ReplayPlan plan) throws IOException {
    return request.restaging().isPresent()
        ? RunSources.of(
            request.restaging().get().sources(plan.config(), connection.topics().prefix()),
            clients,
            connection)
        : RunSources.of(plan.config(), clients, connection);
  }

  private ReplaySummary replay(
      ReplayPlan plan,
      ReplaySteps steps,
      long known,
      TrainingData data,
      Function<StepRecord, List<Read>> reads,
      RefersTraining network,
      StepTaker taker)
      throws InterruptedException {
    Instant began = clock.instant();
    Map<String, String> environment = environment(plan);
    listener.started(request.runId(), plan.step(), environment);
    long step = plan.step();
    Optional<String> difference = firstWeights(plan, network);
    try (BatchFeed feed = data.replay(steps, reads)) {
      while (difference.isEmpty() && !stopRequested) {
        Optional<ReplayedStep> replayed = next(plan, feed, steps, network, taker, step);
        if (replayed.isEmpty()) {
          break;
        }
        step++;
        listener.replayed(replayed.get());
        difference = replayed.get().difference();
      }
    }
    long taken = step - plan.step();
    if (difference.isEmpty() && !stopRequested) {
      difference = unread(known, taken);
    }
    return summary(
        plan,
        step,
        taken >= known,
        difference.map(what -> told(what, environment)),
        network,
        began);
  }

  private Optional<ReplayedStep> next(
      ReplayPlan plan,
      BatchFeed feed,
      ReplaySteps steps,
      RefersTraining network,
      StepTaker taker,
      long step)
      throws InterruptedException {
    Optional<TrainingBatch> batch = feed.next();
    if (batch.isEmpty()) {
      return Optional.empty();
    }
    TakenStep taken = taker.take(step, batch.get());
    StepRecord before = steps.taken();
    Optional<String> weights = Optional.empty();
    if (before.getWeightsDigest() != null) {
      weights = Optional.of(network.weightsDigest());
      taken.record().setWeightsDigest(weights.get());
    }
    StepRecord again = taken.record().build();
    Optional<String> difference =
        plan.counterfactual()
            ? Optional.empty()
            : LedgerCheck.compare(before, again)
                .map(Difference::meaning)
                .map(what -> "step %d differs in its %s".formatted(before.getStep(), what));
    return Optional.of(
        new ReplayedStep(
            before.getStep(), before.getLosses(), again.getLosses(), weights, difference));
  }

  private static Optional<String> firstWeights(ReplayPlan plan, RefersTraining network) {
    return plan.counterfactual() || network.weightsDigest().equals(plan.weightsDigest())
        ? Optional.empty()
        : Optional.of(
            "the first weights differ, before any step: another seed, other public weights, or another version");
  }

  private static Optional<String> unread(long known, long taken) {
    return taken >= known
        ? Optional.empty()
        : Optional.of(
            "only %d of the %d steps that the ledger has could be read; replay again, and see whether the ledger was cut"
                .formatted(taken, known));
  }

  private static String told(String what, Map<String, String> environment) {
    return environment.isEmpty()
        ? what
        : what + "; other than when the run was opened: " + environment;
  }

  private static Map<String, String> environment(ReplayPlan plan) {
    Map<String, String> now = RunEnvironment.current();
    Map<String, String> differing = new TreeMap<>();
    plan.opening()
        .getOpening()
        .getEnvironment()
        .forEach(
            (name, before) -> {
              if (!before.equals(now.get(name))) {
                differing.put(name, "%s, now %s".formatted(before, now.get(name)));
              }
            });
    return differing;
  }

  private ReplaySummary summary(
      ReplayPlan plan,
      long step,
      boolean complete,
      Optional<String> difference,
      RefersTraining network,
      Instant began) {
    return new ReplaySummary(
        request.runId(),
        plan.config().line(),
        step - plan.step(),
        step,
        complete && difference.isEmpty() && !plan.counterfactual() && step > plan.step(),
        plan.counterfactual(),
        difference,
        network.weightsDigest(),
        Duration.between(began, clock.instant()).toMillis() / 1e3);
  }
}
