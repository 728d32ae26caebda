package io.radstream.trainer.run;

import io.radstream.model.RefersTraining;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.trainer.checkpoint.CheckpointAnnouncer;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.kafka.RunSources;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.kafka.WholeSources;
import io.radstream.trainer.ledger.WithdrawnStudyException;
import io.radstream.trainer.run.RunSummary.Outcome;
import io.radstream.trainer.timing.PhaseTimes;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A training run: begins a model line or goes on from its last checkpoint. {@link #run} is for one
 * thread; {@link #requestStop} may come from any.
 */
public final class TrainingRun implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

  private final OpenLine line;
  private final RunRequest request;
  private final StartSearch search;
  private final Outset outset;
  private final ComputeDevice device;
  private final TrainingListener listener;
  private final Function<RefersTraining, StepTaker.Steps> steps;
  private final PhaseTimes times;
  private volatile boolean stopRequested;

  private TrainingRun(
      OpenLine line,
      RunRequest request,
      StartSearch search,
      Outset outset,
      ComputeDevice device,
      TrainingListener listener,
      Function<RefersTraining, StepTaker.Steps> steps) {
    this.line = line;
    this.request = request;
    this.search = search;
    this.outset = outset;
    this.device = device;
    this.listener = listener;
    this.steps = steps;
    this.times = new PhaseTimes(line.at().clock());
  }

  /**
   * Starts the engine, takes the model line for this process and decides where to set in.
   *
   * @throws io.radstream.model.engine.MissingDeviceException where the device is not there
   * @throws TrainingException where configuration, tokenizer and the line's last checkpoint do not
   *     fit together
   * @throws IOException where the store cannot be written to, another trainer has the line, its
   *     last checkpoint is damaged, or public weights cannot be read or do not fit
   * @throws io.radstream.schemas.log.UnreadableTopicException where a topic of the run is compacted
   * @throws io.radstream.trainer.ledger.LedgerException where the ledger cannot be reached, or does
   *     not hold what the last checkpoint was written after
   */
  public static TrainingRun open(Surroundings at, RunRequest request, TrainingListener listener)
      throws IOException {
    return open(at, request, listener, network -> network::begin);
  }

  /**
   * The same.
   *
   * @param steps how those of the network are begun
   */
  static TrainingRun open(
      Surroundings at,
      RunRequest request,
      TrainingListener listener,
      Function<RefersTraining, StepTaker.Steps> steps)
      throws IOException {
    request.requireVocabularies();
    RunConfig config = request.config();
    at.requireOriginals(config);
    List<SourceTopics> sources = RunSources.of(config, at.clients(), at.connection());
    WholeSources.require(config, sources);
    WholeSources.requireLedger(at.clients(), at.connection());
    ComputeDevice device = at.device().start(config.threads());
    OpenLine line = OpenLine.of(config.line(), at, sources);
    try {
      StartSearch search = new StartSearch(request, line.reader(), at.clock());
      Outset outset =
          Outset.of(request, search.start(request.beginning(), line.checkpoints().latest()));
      return new TrainingRun(line, request, search, outset, device, listener, steps);
    } catch (IOException | RuntimeException e) {
      line.close();
      throw e;
    }
  }

  /** Lets the step in hand finish, then has a checkpoint written and {@link #run} return. */
  public void requestStop() {
    stopRequested = true;
  }

  /**
   * Waits for other ranks, where there are to be any, and for enough studies, then trains until the
   * schedule ends or a stop is requested. Of a run that has taken its steps nobody is waited for
   * but for a moment: ranks that have ended with it do not come again.
   *
   * @throws TrainingException where training diverges
   * @throws io.radstream.model.engine.GroupException where another rank does not come, or goes
   * @throws IOException where a checkpoint cannot be read or written
   */
  public RunSummary run() throws IOException, InterruptedException {
    Surroundings at = line.at();
    Instant began = at.clock().instant();
    try (CheckpointAnnouncer announcer =
            new CheckpointAnnouncer(at.clients(), at.connection(), at.store()::address);
        CheckpointKeeper checkpoints = new CheckpointKeeper(line, request, outset, announcer)) {
      checkpoints.catchUp();
      SingleRun run = run(outset, checkpoints, began);
      if (outset.start().step() >= request.config().schedule().steps()) {
        if (at.leader().isPresent()) {
          at.leader().get().gatherBriefly();
        }
        return run.untrained(Outcome.NOTHING_TO_DO);
      }
      if (at.leader().isPresent() && !at.leader().get().gather(() -> stopRequested)) {
        return run.untrained(Outcome.STOPPED);
      }
      try {
        return run.train(() -> stopRequested);
      } catch (WithdrawnStudyException e) {
        LOG.warn("{}; a new run begins from the last checkpoint", e.getMessage());
        checkpoints.finish();
        Outset anew =
            Outset.of(request, search.start(new Beginning.NewRun(), line.checkpoints().latest()));
        return run(anew, checkpoints, began).train(() -> stopRequested);
      }
    }
  }

  private SingleRun run(Outset outset, CheckpointKeeper checkpoints, Instant began) {
    Clock clock = line.at().clock();
    RunUnderWay run = new RunUnderWay(outset.basis(), device, listener, clock, times, steps);
    return new SingleRun(line, run, outset.network(), checkpoints, began);
  }

  /** Lets other processes have the line. */
  @Override
  public void close() throws IOException {
    line.close();
  }
}
