package io.radstream.cli.demo;

import io.radstream.trainer.run.TrainingListener;

/** The training run as the terminal shows it. */
public interface LiveTraining extends TrainingListener {

  /** Leaves the terminal to what comes after. */
  void end();

  /** The same events for another listener as well. */
  default TrainingListener and(TrainingListener other) {
    return new BothListeners(this, other);
  }
}
