package io.radstream.trainer.replay;

import io.radstream.model.RefersTraining;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.trainer.data.RunBasis;
import io.radstream.trainer.data.RunStudies;
import io.radstream.trainer.data.SearchListener;
import io.radstream.trainer.data.StudySearch;
import io.radstream.trainer.data.TrainingData;
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.kafka.RunSources;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.kafka.WholeSources;
import io.radstream.trainer.ledger.LedgerDrafts;
import io.radstream.trainer.ledger.LedgerReader;
import io.radstream.trainer.ledger.StepRecords;
import io.radstream.trainer.run.RunEnvironment;
import io.radstream.trainer.run.StepTaker;
import io.radstream.trainer.run.Surroundings;
import io.radstream.trainer.timing.PhaseTimes;
import io.radstream.trainer.tuples.Withdrawals;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes the steps of a run again, from the topics alone, and compares each with the ledger. Writes
 * nothing. Stops at the first step that differs, unless settings were changed on purpose.
 */
public final class Replay {

  private final Surroundings at;
  private final ReplayRequest request;
  private final ReplayListener listener;
  private volatile boolean stopRequested;

  /**
   * @param at where the run took place; its store is where checkpoints are looked for that runs
   *     began from
   */
  public Replay(Surroundings at, ReplayRequest request, ReplayListener listener) {
    this.at = at;
    this.request = request;
    this.listener = listener;
  }

  /** Lets the step in hand finish, then has {@link #run} return; from any thread. */
  public void requestStop() {
    stopRequested = true;
  }

  /**
   * Starts the engine with the run's threads.
   *
   * @throws io.radstream.model.engine.MissingDeviceException where the device is not there
   * @throws TrainingException where the run, or what it began from, is not to be had
   * @throws io.radstream.schemas.log.UnreadableTopicException where a topic of the run is compacted
   * @throws IOException where a checkpoint is damaged
   * @throws io.radstream.trainer.ledger.LedgerException where a study cannot be read again
   */
  public ReplaySummary run() throws IOException, InterruptedException {
    WholeSources.requireLedger(at.clients(), at.connection());
    LedgerReader ledger = new LedgerReader(at.clients(), at.connection());
    ReplayPlan plan = ReplayPlan.of(request, ledger, at.store());
    List<SourceTopics> sources = sources(plan);
    WholeSources.require(plan.config(), sources);
    at.requireOriginals(plan.config());
    ComputeDevice device = at.device().start(plan.config().threads());
    long known =
        ledger.count(
            plan.begin(), request.runId(), number -> number > plan.step() && number <= until());
    try (ReportTokenizers tokenizers = plan.tokenizers()) {
      RunBasis basis = new RunBasis(plan.config(), tokenizers, plan.start());
      RunStudies studies = studies(new StudySearch(basis, sources, SearchListener.none()));
      ReplayReads reads = reads(plan, ledger, sources);
      PhaseTimes times = new PhaseTimes(at.clock());
      try (Withdrawals withdrawn = Withdrawals.follow(sources, at.clients(), at.connection());
          TrainingData data =
              new TrainingData(basis, studies, withdrawn::contains, at.originals(), times);
          RefersTraining network = plan.network(tokenizers).open(device)) {
        ReplaySteps steps =
            new ReplaySteps(
                ledger.stream(plan.begin(), request.runId()), plan.step(), until(), reads);
        StepTaker taker =
            new StepTaker(
                plan.config(), network::begin, new StepRecords(request.runId(), sources), times);
        return replay(
            plan,
            known,
            plan.changedSince(new RunEnvironment(device, network.program(), 1)),
            new ReplayedNetwork(network, data),
            () -> new StepRetaking(plan, steps, data.replay(steps, reads), taker, network));
      }
    }
  }

  /** Studies that were staged again are not where the run found those that it is measured on. */
  private RunStudies studies(StudySearch search) {
    if (request.restaging().isPresent()) {
      return search.restagedLabels();
    }
    return request.examined() ? search.labelsAndValidation() : search.labelsOnly();
  }

  private ReplayReads reads(ReplayPlan plan, LedgerReader ledger, List<SourceTopics> sources) {
    return ReplayReads.of(
        request.restaging().isPresent()
            ? new RestagedStudies(sources, plan.start().earlier().ranges())
            : LedgerDrafts::reads,
        request.without(),
        sources,
        ledger.stream(plan.begin(), request.runId()));
  }

  private long until() {
    return request.until().orElse(Long.MAX_VALUE);
  }

  private List<SourceTopics> sources(ReplayPlan plan) throws IOException {
    return request.restaging().isPresent()
        ? RunSources.of(
            request.restaging().get().sources(plan.config(), at.connection().topics().prefix()),
            at.clients(),
            at.connection())
        : RunSources.of(plan.config(), at.clients(), at.connection());
  }

  /**
   * @param known steps that the ledger has
   * @param environment what is other than when the run was opened
   */
  private ReplaySummary replay(
      ReplayPlan plan,
      long known,
      Map<String, String> environment,
      ReplayedNetwork network,
      Supplier<StepRetaking> retaking)
      throws InterruptedException {
    Instant began = at.clock().instant();
    listener.started(request.runId(), plan.step(), environment);
    Optional<String> difference = firstWeights(plan, network);
    ReplayReached reached = new ReplayReached(listener, network, plan.step());
    long passedOver;
    long leftOut;
    try (StepRetaking steps = retaking.get()) {
      while (difference.isEmpty() && !stopRequested) {
        Optional<ReplayedStep> replayed = steps.next(reached::passedOver);
        if (replayed.isEmpty()) {
          break;
        }
        reached.took(replayed.get());
        difference = replayed.get().difference();
      }
      passedOver = steps.passedOver();
      leftOut = steps.leftOut();
    }
    long seen = reached.taken() + passedOver;
    if (difference.isEmpty() && !stopRequested) {
      reached.passedOver(Math.min(until(), plan.step() + seen));
      difference = unread(known, seen);
    }
    boolean whole = reached.taken() > 0 && seen >= known;
    return new ReplaySummary(
        request.runId(),
        plan.config().line(),
        reached.taken(),
        passedOver,
        leftOut,
        reached.step(),
        whole && difference.isEmpty() && !plan.counterfactual(),
        plan.counterfactual(),
        difference.map(what -> told(what, environment)),
        network.weightsDigest(),
        Duration.between(began, at.clock().instant()).toMillis() / 1e3);
  }

  private static Optional<String> firstWeights(ReplayPlan plan, ReplayedNetwork network) {
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
}
