package io.radstream.trainer.ranks;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.IValue;
import io.radstream.model.training.Exchange;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tells how long a rank takes to its gradient, the time left out that it waits for others. Where a
 * device computes by itself, this is the time until all is handed to it. For one thread.
 */
public final class TimedExchange implements Exchange {

  private static final double NANOS = 1e9;

  private final Exchange exchange;
  private final LongSupplier nanoTime;
  private long began;
  private long waited;
  private double seconds;
  private double adding;

  public TimedExchange(Exchange exchange, LongSupplier nanoTime) {
    this.exchange = exchange;
    this.nanoTime = nanoTime;
  }

  /** A step begins. */
  public void begin() {
    began = nanoTime.getAsLong();
    waited = 0;
  }

  /** Of the step that was begun last. */
  public double seconds() {
    return seconds;
  }

  /** That gradients took to be exchanged and added up, others being waited for, in that step. */
  public double addingSeconds() {
    return adding;
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
    seconds = (from - began - waited) / NANOS;
    exchange.addUp(gradients);
    adding = (nanoTime.getAsLong() - from) / NANOS;
  }

  private <T> T waiting(Supplier<T> work) {
    long from = nanoTime.getAsLong();
    T result = work.get();
    waited += nanoTime.getAsLong() - from;
    return result;
  }
}
