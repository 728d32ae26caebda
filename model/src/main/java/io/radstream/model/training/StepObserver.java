package io.radstream.model.training;

/** Is told how far an optimizer step is, as to measure it. */
public interface StepObserver {

  /** What a step consists of. With micro-batches the first two take turns. */
  enum Phase {
    FORWARD,
    BACKWARD,
    UPDATE
  }

  /**
   * A phase, or a part of it, is over. On a device that computes asynchronously it may only have
   * been handed over.
   */
  void done(Phase phase);

  /** Does nothing. */
  static StepObserver none() {
    return phase -> {};
  }
}
