package io.radstream.cli.publish;

import io.radstream.producers.notice.RepeatedWarnings;
import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.Origin;
import io.radstream.producers.publish.PublishProgress;
import io.radstream.schemas.RejectionReason;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what a source hands over and what becomes of it, says so at intervals while something
 * changes, warns of what is refused, and lists it where the site wants that.
 */
public final class RunningCounts implements PublishProgress, AutoCloseable {

  /** Where a person sees what goes on. */
  public interface Display {

    /**
     * @param items handed over so far
     */
    void advanced(long items);

    /**
     * @param text what wants to be looked at first
     */
    void counts(String text);
  }

  private static final Logger LOG = LoggerFactory.getLogger(RunningCounts.class);
  private static final String WHERE_TOLD = " (--refused-list FILE tells which, and why)";
  private static final int LOOK_SECONDS = 1;
  private static final int LOG_SECONDS = 30;

  private final String source;
  private final Optional<RefusedList> list;
  private final RepeatedWarnings warnings;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(RunningCounts::daemon);
  private final Map<RejectionReason, Long> refused = new EnumMap<>(RejectionReason.class);
  private Consumer<Long> advance = items -> {};
  private long received;
  private long known;
  private long published;
  private long failed;
  private String told;

  /**
   * @param source its name
   * @param list of what is refused; empty where the site wants none
   * @param clock for how often the same is warned of
   */
  public RunningCounts(String source, Optional<RefusedList> list, InstantSource clock) {
    this.source = source;
    this.list = list;
    this.warnings = new RepeatedWarnings(LOG, clock);
    this.told = counts();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "publish-counts");
    thread.setDaemon(true);
    return thread;
  }

  /** Tells a person who watches, always anew. */
  public RunningCounts showing(Display display) {
    advance = display::advanced;
    every(LOOK_SECONDS, () -> display.counts(brief()));
    return this;
  }

  /** Tells the log, where something has changed. */
  public RunningCounts logging() {
    every(LOG_SECONDS, this::logChange);
    return this;
  }

  private void every(int seconds, Runnable task) {
    Future<?> unused = timer.scheduleAtFixedRate(task, seconds, seconds, TimeUnit.SECONDS);
  }

  private synchronized void logChange() {
    String now = counts();
    if (!now.equals(told)) {
      LOG.info("{}: {}", source, now);
      told = now;
    }
  }

  /** As they stand now. */
  public synchronized String counts() {
    return tally().toString();
  }

  private synchronized String brief() {
    return tally().brief();
  }

  private Tally tally() {
    return new Tally(received, known, published, refused, failed);
  }

  @Override
  public void advanced(long items) {
    advance.accept(items);
  }

  @Override
  public synchronized void received(Consignment consignment) {
    received += isItem(consignment) ? 1 : 0;
  }

  @Override
  public synchronized void acknowledged(Consignment consignment) {
    if (!consignment.items().isEmpty()) {
      published++;
    } else if (isItem(consignment)) {
      known++;
    }
  }

  @Override
  public synchronized void failed(Consignment consignment) {
    failed += isItem(consignment) ? 1 : 0;
  }

  @Override
  public void refused(Consignment consignment, RejectionReason reason, String explanation) {
    synchronized (this) {
      refused.merge(reason, 1L, Long::sum);
    }
    String peer = consignment.origin().peer();
    warnings.warn(
        peer.isEmpty() ? source : address(peer),
        "refused %s%s".formatted(reason, list.isEmpty() ? WHERE_TOLD : ""));
    list.ifPresent(it -> it.add(source, consignment, reason, explanation));
  }

  /** What a source writes for itself alone, as how far it has come, is none. */
  private static boolean isItem(Consignment consignment) {
    return !consignment.items().isEmpty() || !consignment.origin().equals(Origin.UNTOLD);
  }

  /** Only where it is: a peer may call itself anything, and the list alone may hold that. */
  private static String address(String peer) {
    return peer.substring(peer.lastIndexOf('@') + 1);
  }

  /** Tells nothing more, but for what the log was not told yet. */
  @Override
  public void close() {
    timer.shutdownNow();
    logChange();
  }
}
