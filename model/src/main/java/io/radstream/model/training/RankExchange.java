package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import io.radstream.model.config.Compute;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.ProcessGroup;
import io.radstream.model.engine.Seat;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * With all ranks of a run, met in a process group. Tells how long this one takes to its gradient,
 * the time left out that it waits for others; where a device computes by itself, until all is
 * handed to it. For one thread.
 */
public final class RankExchange implements Exchange, AutoCloseable {

  private static final double NANOS = 1e9;

  private final NDManager manager;
  private final ProcessGroup group;
  private final GroupExchange exchange;
  private final LongSupplier nanoTime;
  private long began;
  private long waited;
  private double seconds;
  private long added;
  private double adding;
  private long sent;

  /** Bytes that had left before the last list of gradients. */
  private long before;

  private double early;

  private RankExchange(
      NDManager manager, ProcessGroup group, GroupExchange exchange, LongSupplier nanoTime) {
    this.manager = manager;
    this.group = group;
    this.exchange = exchange;
    this.nanoTime = nanoTime;
  }

  /**
   * Meets the others.
   *
   * @param device that this rank computes on
   * @param timeout until all have come, and later for each exchange
   * @param nanoTime tells the time
   * @throws io.radstream.model.engine.GroupException where not all come
   */
  public static RankExchange open(
      ComputeDevice device, Compute compute, Seat seat, Duration timeout, LongSupplier nanoTime) {
    NDManager manager = device.newManager();
    try {
      ProcessGroup group = ProcessGroup.open(manager, seat, timeout);
      return new RankExchange(manager, group, GroupExchange.of(group, compute), nanoTime);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** Bytes of gradients that this rank has sent so far. */
  public long sentBytes() {
    return exchange.sums().sentBytes();
  }

  /** The others' next exchange with this rank fails. */
  @Override
  public void close() {
    exchange.sums().close();
    group.close();
    manager.close();
  }

  @Override
  public boolean isEarly() {
    return exchange.isEarly();
  }

  /** A step begins. */
  public void begin() {
    began = nanoTime.getAsLong();
    waited = 0;
    added = 0;
    before = 0;
    sent = sentBytes();
  }

  /** Of the step that was begun last. */
  public double seconds() {
    return seconds;
  }

  /** In which nothing went on in that step but gradients being exchanged, or waited for. */
  public double addingSeconds() {
    return adding;
  }

  /** Of that step's gradients the share that left while others were still computed, 0 to 1. */
  public double earlyShare() {
    return early;
  }

  @Override
  public int ranks() {
    return exchange.ranks();
  }

  @Override
  public int rank() {
    return exchange.rank();
  }

  @Override
  public Gathered gather(NDArray share) {
    return waiting(() -> exchange.gather(share));
  }

  @Override
  public double sum(double... shares) {
    return waiting(() -> exchange.sum(shares));
  }

  @Override
  public void addUp(IValue gradients) {
    long from = nanoTime.getAsLong();
    before = sentBytes() - sent;
    exchange.addUp(gradients);
    long took = nanoTime.getAsLong() - from;
    waited += took;
    added += took;
  }

  @Override
  public void finish(List<IValue> gradients) {
    long from = nanoTime.getAsLong();
    seconds = (from - began - waited) / NANOS;
    exchange.finish(gradients);
    adding = (nanoTime.getAsLong() - from + added) / NANOS;
    early = before == 0 ? 0 : (double) before / (sentBytes() - sent);
  }

  private <T> T waiting(Supplier<T> work) {
    long from = nanoTime.getAsLong();
    T result = work.get();
    waited += nanoTime.getAsLong() - from;
    return result;
  }
}
