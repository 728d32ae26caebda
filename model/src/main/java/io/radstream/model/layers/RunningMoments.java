package io.radstream.model.layers;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * The running mean and variance of a batch normalisation, and what its passes of a step have seen.
 * No gradient moves them. Of one thread.
 */
public final class RunningMoments {

  private final NDArray mean;
  private final NDArray variance;
  private final List<Seen> seen = new ArrayList<>();
  private boolean held;

  /**
   * Of one pass.
   *
   * @param count numbers of each channel
   * @param mean channels
   * @param variance channels; without bias, 0 of a single number
   */
  public record Seen(long count, NDArray mean, NDArray variance) {}

  /**
   * @param mean channels
   * @param variance channels
   */
  public RunningMoments(NDArray mean, NDArray variance) {
    this.mean = mean;
    this.variance = variance;
  }

  public NDArray mean() {
    return mean;
  }

  public NDArray variance() {
    return variance;
  }

  /** From now on they stay as they are, and training normalises by them, too. */
  public void hold() {
    held = true;
  }

  public boolean isHeld() {
    return held;
  }

  void note(long count, NDArray mean, NDArray variance) {
    NDArray known = count == 1 ? variance.zerosLike() : variance;
    mean.attach(this.mean.getManager());
    known.attach(this.mean.getManager());
    seen.add(new Seen(count, mean, known));
  }

  /** In the order of the passes. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** Lets go of what was seen. */
  public void forget() {
    for (Seen pass : seen) {
      pass.mean().close();
      pass.variance().close();
    }
    seen.clear();
  }
}
