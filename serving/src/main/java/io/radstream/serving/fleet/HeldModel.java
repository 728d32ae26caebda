package io.radstream.serving.fleet;

import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.Models;
import io.radstream.serving.score.ScoringModel;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model with its holders: the fleet, while the model has a role in it, and every lease. The last
 * one that leaves closes the model. Thread-safe.
 */
final class HeldModel implements Crew.Member<HeldModel> {

  private static final class Lease implements Models.Lease {

    private final HeldModel held;
    private final AtomicBoolean ended = new AtomicBoolean();

    private Lease(HeldModel held) {
      this.held = held;
    }

    @Override
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

  private static final Logger LOG = LoggerFactory.getLogger(HeldModel.class);

  private final ScoringModel model;
  private final Executor closing;
  private final AtomicInteger holders = new AtomicInteger(1);

  /**
   * Held by its maker, who gives up that hold with {@link #release}.
   *
   * @param closing closes it
   */
  HeldModel(ScoringModel model, Executor closing) {
    this.model = model;
    this.closing = closing;
  }

  ScoringModel model() {
    return model;
  }

  ModelIdentity identity() {
    return model.identity();
  }

  @Override
  public boolean isOfSameCheckpoint(HeldModel other) {
    return identity().checkpointId().equals(other.identity().checkpointId());
  }

  /** Empty only where the last holder has gone, so that the model is closed already. */
  Optional<Models.Lease> lease() {
    return holders.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0
        ? Optional.of(new Lease(this))
        : Optional.empty();
  }

  void release() {
    if (holders.decrementAndGet() == 0) {
      try {
        closing.execute(this::closeModel);
      } catch (RejectedExecutionException e) {
        closeModel();
      }
    }
  }

  /** Whoever leaves last has nothing to do with what fails here, and may have others to leave. */
  private void closeModel() {
    try {
      model.close();
    } catch (RuntimeException | Error e) {
      LOG.atError()
          .addKeyValue("checkpoint", identity().checkpointId())
          .setCause(e)
          .log("the memory of a model could not be freed");
    }
  }
}
