package io.radstream.trainer.share;

import io.radstream.model.Learning;
import io.radstream.model.RefersTraining;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.GroupException;
import io.radstream.model.training.NonFiniteLossException;
import io.radstream.model.training.RankExchange;
import io.radstream.model.training.StepObserver;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.RunOpening;
import io.radstream.schemas.StepRecord;
import io.radstream.trainer.augment.MissingOriginalException;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.EarlierReads;
import io.radstream.trainer.data.Origin;
import io.radstream.trainer.data.RecordedTokenizers;
import io.radstream.trainer.data.RunBasis;
import io.radstream.trainer.data.RunStudies;
import io.radstream.trainer.data.SearchListener;
import io.radstream.trainer.data.StartPoint;
import io.radstream.trainer.data.StudySearch;
import io.radstream.trainer.data.TrainingData;
import io.radstream.trainer.feed.AssembledShare;
import io.radstream.trainer.feed.Share;
import io.radstream.trainer.kafka.RunSources;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.ranks.RankMessage;
import io.radstream.trainer.ranks.Terms;
import io.radstream.trainer.ranks.Wire;
import io.radstream.trainer.run.RunEnvironment;
import io.radstream.trainer.timing.PhaseTimes;
import io.radstream.trainer.tuples.SourceRanges;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The share of this rank in one run. {@link #told}, {@link #piece} and {@link #fail} are for the
 * connection's thread, all else for another.
 */
final class ShareRun implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ShareRun.class);

  private final Member.Surroundings at;
  private final Terms terms;
  private final Wire wire;
  private final StepRecord record;
  private final RunConfig config;
  private final GivenWeights weights = new GivenWeights();

  /** What is open, the last opened first. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private volatile ShareFeed feed;
  private volatile boolean closed;
  private RefersTraining network;
  private RankExchange exchange;

  /**
   * @param record with the run's opening
   */
  ShareRun(Member.Surroundings at, Terms terms, Wire wire, StepRecord record) {
    this.at = at;
    this.terms = terms;
    this.wire = wire;
    this.record = record;
    this.config = RunConfig.fromJson(record.getOpening().getConfig());
  }

  RunOpening opening() {
    return record.getOpening();
  }

  String runId() {
    return record.getRunId();
  }

  void told(RankMessage message) {
    if (message instanceof RankMessage.Weights sizes) {
      weights.expect(sizes);
    } else if (message instanceof RankMessage.Soon soon) {
      feed.soon(soon);
    } else if (message instanceof RankMessage.Drafted drafted) {
      feed.drafted(drafted);
    }
  }

  void piece(byte[] bytes) throws IOException {
    weights.piece(bytes);
  }

  void fail(RuntimeException failure) {
    weights.fail(failure);
    ShareFeed current = feed;
    if (current != null) {
      current.fail(failure);
    }
  }

  /**
   * Reads what the run reads, meets the other ranks, and takes the weights over.
   *
   * @throws IOException where topics or weights cannot be read
   */
  void begin() throws IOException, InterruptedException {
    ComputeDevice device = at.device().start(config.threads());
    Share share = new Share(terms.seat().rank(), terms.seat().world());
    TrainingData data = data();
    feed = new ShareFeed(data, share, this::send, this::unmade);
    send(new RankMessage.Prepared());
    exchange =
        opened(
            RankExchange.open(
                device, config.compute(), terms.seat(), terms.timeout(), System::nanoTime));
    Learning learning =
        new Learning(config.model(), config.optimizer(), config.compute(), device, exchange);
    network = opened(weights.take(learning));
    send(
        new RankMessage.Ready(
            network.weightsDigest(), new RunEnvironment(device, network.program(), 1).byName()));
  }

  /**
   * Rank 0 decides whether the share is missed: drafts that no step is taken of are let go of half
   * made. Where a view is not to be had here, rank 0 has had it, or hears that its study is
   * withdrawn.
   */
  private void unmade(long number, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (closed || cause instanceof GroupException) {
      return;
    }
    LOG.warn("the share of draft {} cannot be made: {}", number, cause.getMessage());
    send(
        new RankMessage.Unmade(
            number, String.valueOf(cause.getMessage()), cause instanceof MissingOriginalException));
  }

  private TrainingData data() throws IOException {
    RunOpening opening = record.getOpening();
    ReportTokenizers tokenizers = opened(RecordedTokenizers.of(opening));
    StartPoint start =
        new StartPoint(
            record.getRunId(),
            record.getStep(),
            opening.getFirstStep(),
            Origin.NONE,
            List.of(),
            StartPoint.known(opening.getArrangement(), record.getRunId()),
            new EarlierReads(SourceRanges.ofRecords(opening.getRanges()), List.of()));
    List<SourceTopics> sources = RunSources.of(config, at.clients(), at.connection());
    RunBasis basis = new RunBasis(config, tokenizers, start);
    RunStudies studies = new StudySearch(basis, sources, SearchListener.none()).labelsOnly();
    // What is withdrawn rank 0 knows, and has no step taken with it.
    return opened(
        new TrainingData(
            basis, studies, study -> false, at.originals(), new PhaseTimes(at.clock())));
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  /**
   * @throws GroupException where another rank goes meanwhile
   */
  void step(RankMessage.Take take) throws InterruptedException {
    AssembledShare share = feed.take(take.number());
    exchange.begin();
    try {
      network
          .begin(
              share.studies(),
              config.schedule().at(take.step()),
              config.stepSeed(take.step()),
              StepObserver.none())
          .finish();
    } catch (NonFiniteLossException e) {
      LOG.info("step={}: {}; rank 0 decides what comes of it", take.step() + 1, e.getMessage());
    }
    send(new RankMessage.Stepped(take.step(), exchange.seconds()));
  }

  private void send(RankMessage message) {
    try {
      wire.send(message);
    } catch (IOException e) {
      throw new GroupException("rank 0 has gone", e);
    }
  }

  /** Everything that is open, the last opened first. */
  @Override
  public void close() {
    closed = true;
    weights.close();
    while (!open.isEmpty()) {
      AutoCloseable next = open.pop();
      try {
        next.close();
      } catch (Exception e) {
        LOG.warn("cannot let go of something of run {}", record.getRunId(), e);
      }
    }
  }
}
