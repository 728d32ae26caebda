package io.radstream.model.training;

/**
 * An optimizer step that was begun. Where the device computes it by itself, later ones may be begun
 * before it is finished. Not thread-safe.
 */
public interface StepUnderWay {

  /** Whether nothing has to be waited for. */
  boolean isDone();

  /**
   * Waits for the device; further calls give the same.
   *
   * @throws NonFiniteLossException where the loss or a gradient is not a number; the weights are
   *     then those before the step, whatever was begun since
   */
  StepResult finish();

  /** One that was waited for. */
  static StepUnderWay over(StepResult result) {
    return new StepUnderWay() {
      @Override
      public boolean isDone() {
        return true;
      }

      @Override
      public StepResult finish() {
        return result;
      }
    };
  }

  /** One that was waited for, and changed nothing. */
  static StepUnderWay failed(NonFiniteLossException failure) {
    return new StepUnderWay() {
      @Override
      public boolean isDone() {
        return true;
      }

      @Override
      public StepResult finish() {
        throw failure;
      }
    };
  }
}
