package io.radstream.serving.score;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The live model. A request leases it and keeps it to the end, whatever becomes live meanwhile; a
 * model that was replaced is closed when its last lease ends. Thread-safe.
 */
public final class ModelSlot implements AutoCloseable {

  /** A request's hold on a model; closing it twice is harmless. */
  public static final class Lease implements AutoCloseable {

    private final Held held;
    private final AtomicBoolean ended = new AtomicBoolean();

    private Lease(Held held) {
      this.held = held;
    }

    public ScoringModel model() {
      return held.model;
    }

    @Override
    public void close() {
      if (ended.compareAndSet(false, true)) {
        held.release();
      }
    }
  }

  /** A model with its holders: the slot itself, while the model is live, and every lease. */
  private static final class Held {

    private final ScoringModel model;
    private final AtomicInteger holders = new AtomicInteger(1);

    private Held(ScoringModel model) {
      this.model = model;
    }

    /** Fails only where the last holder has gone, so that the model is closed already. */
    private boolean retain() {
      return holders.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
    }

    private void release() {
      if (holders.decrementAndGet() == 0) {
        model.close();
      }
    }
  }

  private final AtomicReference<Held> live = new AtomicReference<>();
  private final AtomicLong hotLoads = new AtomicLong();

  /** A hold on the live model; empty while there is none. */
  public Optional<Lease> lease() {
    Held held = live.get();
    while (held != null) {
      if (held.retain()) {
        return Optional.of(new Lease(held));
      }
      held = live.get();
    }
    return Optional.empty();
  }

  /** Makes a model live; the one before it is closed as soon as nobody holds it. */
  public void swap(ScoringModel next) {
    Held before = live.getAndSet(new Held(next));
    hotLoads.incrementAndGet();
    if (before != null) {
      before.release();
    }
  }

  /** Which checkpoint is live. */
  public Optional<ModelIdentity> identity() {
    return Optional.ofNullable(live.get()).map(held -> held.model.identity());
  }

  /** How often a model became live, the first one included. */
  public long hotLoads() {
    return hotLoads.get();
  }

  @Override
  public void close() {
    Held before = live.getAndSet(null);
    if (before != null) {
      before.release();
    }
  }
}
