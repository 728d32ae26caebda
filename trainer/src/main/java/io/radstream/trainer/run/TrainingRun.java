package io.radstream.trainer.run;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointLine;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.model.RefersTraining;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.trainer.checkpoint.CheckpointAnnouncer;
import io.radstream.trainer.checkpoint.LiveCheckpoints;
import io.radstream.trainer.config.Arrangement;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.RunFeed;
import io.radstream.trainer.data.RunStudies;
import io.radstream.trainer.data.StartPoint;
import io.radstream.trainer.data.StudySearch;
import io.radstream.trainer.data.TrainingData;
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.figures.MetricRecords;
import io.radstream.trainer.kafka.RunSources;
import io.radstream.trainer.kafka.Source;
import io.radstream.trainer.ledger.Ledger;
import io.radstream.trainer.ledger.LedgerReader;
import io.radstream.trainer.ledger.StepRecords;
import io.radstream.trainer.ledger.WithdrawnStudyException;
import io.radstream.trainer.run.RunSummary.Outcome;
import io.radstream.trainer.timing.PhaseTimes;
import io.radstream.trainer.tuples.LeftOut;
import io.radstream.trainer.tuples.TupleCheck;
import io.radstream.trainer.tuples.Withdrawals;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A training run: begins a model line or goes on from its last checkpoint. {@link #run} is for one
 * thread; {@link #requestStop} may come from any.
 */
public final class TrainingRun implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

  private final KafkaConnection connection;
  private final KafkaClients clients;
  private final RunConfig config;
  private final ReportTokenizers tokenizers;
  private final CheckpointLine line;
  private final Ledger ledger;
  private final List<Source> sources;
  private final StartSearch search;
  private final Clock clock;
  private final PhaseTimes times;
  private final TrainingListener listener;
  private StartPoint start;
  private FirstNetwork first;
  private volatile boolean stopRequested;

  private TrainingRun(
      KafkaConnection connection,
      KafkaClients clients,
      RunConfig config,
      ReportTokenizers tokenizers,
      CheckpointLine line,
      Ledger ledger,
      List<Source> sources,
      StartSearch search,
      StartPoint start,
      FirstNetwork first,
      Clock clock,
      TrainingListener listener) {
    this.connection = connection;
    this.clients = clients;
    this.config = config;
    this.tokenizers = tokenizers;
    this.line = line;
    this.ledger = ledger;
    this.sources = sources;
    this.search = search;
    this.start = start;
    this.first = first;
    this.clock = clock;
    this.times = new PhaseTimes(clock);
    this.listener = listener;
  }

  /**
   * Takes the model line for this process and decides where to set in.
   *
   * @param tokenizers that the tuples were made with; stay the caller's to close
   * @param beginning how to begin
   * @throws TrainingException where configuration, tokenizer and the line's last checkpoint do not
   *     fit together
   * @throws IOException where the store cannot be written to, another trainer has the line, its
   *     last checkpoint is damaged, or public weights cannot be read or do not fit
   * @throws io.radstream.trainer.ledger.LedgerException where the ledger cannot be reached, or does
   *     not hold what the last checkpoint was written after
   */
  public static TrainingRun open(
      KafkaConnection connection,
      RunConfig config,
      ReportTokenizers tokenizers,
      CheckpointStore store,
      Beginning beginning,
      Clock clock,
      TrainingListener listener)
      throws IOException {
    return open(
        connection,
        KafkaClients.of(connection),
        config,
        tokenizers,
        store,
        beginning,
        Arrangement.NEWEST,
        clock,
        listener);
  }

  /**
   * @param arrangement of a run that begins
   */
  static TrainingRun open(
      KafkaConnection connection,
      KafkaClients clients,
      RunConfig config,
      ReportTokenizers tokenizers,
      CheckpointStore store,
      Beginning beginning,
      Arrangement arrangement,
      Clock clock,
      TrainingListener listener)
      throws IOException {
    requireVocabulary("model.report", config.model().report().vocabulary(), tokenizers.decoder());
    requireVocabulary("model.text", config.model().text().vocabulary(), tokenizers.encoder());
    List<Source> sources = RunSources.of(config, clients, connection);
    CheckpointLine line = store.open(config.line());
    Ledger ledger = null;
    try {
      ledger = Ledger.open(clients, connection, config.line());
      StartSearch search =
          new StartSearch(
              new LedgerReader(clients, connection),
              config,
              tokenizers.fingerprint(),
              arrangement,
              clock);
      StartPoint start = search.start(beginning, line.latest());
      FirstNetwork first = FirstNetwork.of(config, start.from(), tokenizers.encoder().tokens());
      return new TrainingRun(
          connection,
          clients,
          config,
          tokenizers,
          line,
          ledger,
          sources,
          search,
          start,
          first,
          clock,
          listener);
    } catch (IOException | RuntimeException e) {
      if (ledger != null) {
        ledger.close();
      }
      line.close();
      throw e;
    }
  }

  private static void requireVocabulary(String part, int size, ReportTokenizer tokenizer) {
    if (size != tokenizer.vocabulary().size()) {
      throw new TrainingException(
          "%s.vocabulary is %d, but the tokenizer has %d tokens"
              .formatted(part, size, tokenizer.vocabulary().size()));
    }
  }

  /** Lets the step in hand finish, then has a checkpoint written and {@link #run} return. */
  public void requestStop() {
    stopRequested = true;
  }

  /**
   * Waits for enough studies, then trains until the schedule ends or a stop is requested.
   *
   * @throws TrainingException where training diverges
   * @throws IOException where a checkpoint cannot be read or written
   */
  public RunSummary run() throws IOException, InterruptedException {
    Instant began = clock.instant();
    try (CheckpointAnnouncer announcer = new CheckpointAnnouncer(clients, connection);
        CheckpointKeeper keeper =
            new CheckpointKeeper(
                line,
                announcer,
                new LiveCheckpoints(clients, connection, clock),
                search.ledger(),
                config,
                tokenizers,
                clock,
                first.parent(),
                start.from())) {
      keeper.catchUp();
      if (start.step() >= config.schedule().steps()) {
        return untrained(Outcome.NOTHING_TO_DO, keeper, began);
      }
      try {
        return train(keeper, began);
      } catch (WithdrawnStudyException e) {
        LOG.warn("{}; a new run begins from the last checkpoint", e.getMessage());
        keeper.finish();
        start = search.start(new Beginning.NewRun(), line.latest());
        first = FirstNetwork.of(config, start.from(), tokenizers.encoder().tokens());
        return train(keeper, began);
      }
    }
  }

  private RunSummary train(CheckpointKeeper keeper, Instant began)
      throws IOException, InterruptedException {
    Optional<RunStudies> studies = studies();
    return studies.isPresent()
        ? train(keeper, studies.get(), began)
        : untrained(Outcome.STOPPED, keeper, began);
  }

  private Optional<RunStudies> studies() {
    return new StudySearch(sources, config, TupleCheck.of(tokenizers), start, listener)
        .find(() -> stopRequested);
  }

  private RunSummary train(CheckpointKeeper keeper, RunStudies studies, Instant began)
      throws IOException, InterruptedException {
    try (Withdrawals withdrawn = Withdrawals.follow(sources, clients, connection);
        TrainingData data =
            new TrainingData(config, tokenizers, start, studies, withdrawn::contains, times);
        RefersTraining network = first.open()) {
      listener.started(
          new RunStart(
              start.runId(),
              config.line(),
              start.step(),
              config.schedule().steps(),
              studies.train(),
              studies.validation()));
      TrainingLoop loop = loop(network, data, keeper);
      try (RunFeed feed = new RunFeed(data, start, withdrawn)) {
        loop.run(feed, () -> stopRequested);
      }
      return summary(loop, keeper, data, began);
    }
  }

  private TrainingLoop loop(RefersTraining network, TrainingData data, CheckpointKeeper keeper) {
    RunOpenings openings = new RunOpenings(config, tokenizers, start, data.ranges(), clock);
    return new TrainingLoop(
        config,
        start,
        network,
        data,
        new StepTaker(config, network, new StepRecords(start.runId(), sources), times),
        new StepJournal(ledger, start.retaken(), () -> openings.at(network)),
        keeper,
        new MetricRecords(connection, start.runId(), config.line(), clock),
        listener,
        clock,
        times);
  }

  private RunSummary untrained(Outcome outcome, CheckpointKeeper keeper, Instant began) {
    return new RunSummary(
        outcome,
        start.runId(),
        config.line(),
        0,
        start.step(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        keeper.newest().map(Checkpoint::id),
        0,
        0,
        0,
        LeftOut.none(),
        Map.of(),
        secondsSince(began));
  }

  private RunSummary summary(
      TrainingLoop loop, CheckpointKeeper keeper, TrainingData data, Instant began) {
    boolean finished = loop.step() >= config.schedule().steps();
    return new RunSummary(
        finished ? Outcome.FINISHED : Outcome.STOPPED,
        start.runId(),
        config.line(),
        loop.step() - start.step(),
        loop.step(),
        loop.first(),
        loop.last(),
        loop.validation(),
        keeper.newest().map(Checkpoint::id),
        data.studies().train(),
        data.studies().validation(),
        data.unreadableViews(),
        data.studies().leftOut(),
        times.seconds(),
        secondsSince(began));
  }

  private double secondsSince(Instant began) {
    return Duration.between(began, clock.instant()).toMillis() / 1e3;
  }

  /** Lets other processes have the line. */
  @Override
  public void close() throws IOException {
    ledger.close();
    line.close();
  }
}
