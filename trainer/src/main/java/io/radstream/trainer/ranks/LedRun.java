package io.radstream.trainer.ranks;

import io.radstream.model.RefersTraining;
import io.radstream.model.config.Compute;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.GroupException;
import io.radstream.model.training.Exchange;
import io.radstream.model.training.RankExchange;
import io.radstream.model.training.TrainingSnapshot;
import io.radstream.schemas.StepRecord;
import io.radstream.trainer.feed.Assembling;
import io.radstream.trainer.feed.BatchAssembly;
import io.radstream.trainer.feed.Draft;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run that rank 0 leads. */
final class LedRun implements Ensemble {

  private static final Logger LOG = LoggerFactory.getLogger(LedRun.class);

  private final Terms terms;
  private final Grace grace;
  private final Map<Integer, Wire> wires;
  private final Replies<RankMessage.Prepared> prepared;
  private final Replies<RankMessage.Ready> ready;
  private final SharedDrafts drafts;
  private final Stragglers stragglers;
  private RankExchange exchange;
  private Map<String, Double> exchanged = Map.of();
  private long sent;

  /** Steps that were begun and not left. */
  private int inHand;

  private volatile Optional<RuntimeException> failure = Optional.empty();

  /**
   * @param wires by rank, but for rank 0
   * @param grace for what waits for the others
   * @param drafted number of the next draft
   */
  LedRun(Terms terms, Map<Integer, Wire> wires, Grace grace, AtomicLong drafted) {
    this.terms = terms;
    this.grace = grace;
    this.wires = new TreeMap<>(wires);
    this.prepared = new Replies<>(wires.keySet());
    this.ready = new Replies<>(wires.keySet());
    this.drafts = new SharedDrafts(this.wires, drafted);
    this.stragglers = new Stragglers(terms.seat().world());
  }

  /** On the connection's own thread. */
  void told(int rank, RankMessage message) {
    if (message instanceof RankMessage.Prepared done) {
      prepared.put(rank, done);
    } else if (message instanceof RankMessage.Ready done) {
      ready.put(rank, done);
    } else if (message instanceof RankMessage.Assembled share) {
      drafts.assembled(rank, share);
    } else if (message instanceof RankMessage.Unmade share) {
      drafts.unmade(rank, share);
    } else if (message instanceof RankMessage.Stepped step) {
      took(rank, step.step(), step.seconds());
    }
  }

  void fail(RuntimeException why) {
    failure = Optional.of(why);
    prepared.fail(why);
    ready.fail(why);
    drafts.fail(why);
  }

  /** Where one does not come, nothing is left open. */
  void begin(StepRecord opening, Compute compute, ComputeDevice device)
      throws IOException, InterruptedException {
    tell(new RankMessage.Opened(bytes(opening)));
    prepared.await(terms.timeout(), "read the run's topics");
    waiting(
        () ->
            exchange =
                RankExchange.open(
                    device, compute, terms.seat(), terms.timeout(), System::nanoTime));
  }

  private void waiting(Runnable work) {
    grace.enter();
    try {
      work.run();
    } finally {
      grace.leave();
    }
  }

  private static byte[] bytes(StepRecord opening) throws IOException {
    ByteBuffer encoded = opening.toByteBuffer();
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  @Override
  public Exchange exchange() {
    return exchange;
  }

  @Override
  public void teach(RefersTraining network, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("radstream-rank-0");
    Path weights = directory.resolve("weights");
    Path state = directory.resolve("state");
    try {
      try (TrainingSnapshot now = network.snapshot()) {
        now.save(weights, state);
      }
      tell(new RankMessage.Weights(Files.size(weights), Files.size(state)));
      waiting(() -> wires.values().parallelStream().forEach(wire -> send(wire, weights, state)));
    } finally {
      Files.deleteIfExists(weights);
      Files.deleteIfExists(state);
      Files.deleteIfExists(directory);
    }
    check(
        ready.await(terms.timeout(), "have taken the weights over"),
        network.weightsDigest(),
        environment);
  }

  private static void send(Wire wire, Path weights, Path state) {
    try {
      wire.send(weights);
      wire.send(state);
    } catch (IOException e) {
      throw new GroupException("the weights cannot be given to %s".formatted(wire.peer()), e);
    }
  }

  private static void check(
      Map<Integer, RankMessage.Ready> all, String digest, Map<String, String> environment) {
    all.forEach(
        (rank, one) -> {
          if (!one.weightsDigest().equals(digest)) {
            throw new GroupException("rank %d has other weights than it was given".formatted(rank));
          }
          Map<String, String> other = new TreeMap<>(one.environment());
          other.entrySet().removeAll(environment.entrySet());
          if (!other.isEmpty()) {
            LOG.warn(
                "rank {} computes in another way than rank 0, so that its shards have other bits"
                    + " elsewhere: {}",
                rank,
                other);
          }
        });
  }

  @Override
  public Assembling assembling(BatchAssembly own, ExecutorService workers) {
    return drafts.assembling(own, workers);
  }

  @Override
  public void take(Draft draft, long step) {
    grace.enter();
    inHand++;
    long number = drafts.take(draft);
    tell(new RankMessage.Take(number, step));
    exchange.begin();
  }

  @Override
  public void took(long step) {
    took(0, step, exchange.seconds());
    exchanged =
        Map.of(
            RankFigures.EXCHANGE_SECONDS,
            exchange.addingSeconds(),
            RankFigures.EXCHANGED_BYTES,
            (double) (exchange.sentBytes() - sent),
            RankFigures.EARLY_SHARE,
            exchange.earlyShare());
    sent = exchange.sentBytes();
  }

  @Override
  public void left() {
    inHand--;
    grace.leave();
  }

  @Override
  public boolean hasFailed() {
    return failure.isPresent();
  }

  @Override
  public void requireAll() {
    if (failure.isPresent()) {
      throw Failures.again(failure.get());
    }
  }

  private void took(int rank, long step, double seconds) {
    stragglers
        .took(rank, step, seconds)
        .ifPresent(
            pace ->
                LOG.warn(
                    "rank {} at {} is what the others wait for: seconds={} others={}; look at its"
                        + " machine, or start without it",
                    pace.slowest(),
                    pace.slowest() == 0 ? "rank 0" : wires.get(pace.slowest()).peer(),
                    "%.3f".formatted(pace.seconds()),
                    "%.3f".formatted(pace.others())));
  }

  @Override
  public Map<String, Double> figures() {
    Map<String, Double> figures = new TreeMap<>(stragglers.figures());
    figures.putAll(exchanged);
    return figures;
  }

  private void tell(RankMessage message) {
    wires.values().forEach(wire -> SharedDrafts.send(wire, message));
  }

  @Override
  public void close() {
    drafts.fail(new GroupException("the run is over"));
    if (exchange != null) {
      waiting(exchange::close);
    }
    while (inHand > 0) {
      left();
    }
    if (failure.isEmpty()) {
      try {
        tell(new RankMessage.Closed());
      } catch (GroupException e) {
        LOG.debug("a rank has gone at the end", e);
      }
    }
  }
}
