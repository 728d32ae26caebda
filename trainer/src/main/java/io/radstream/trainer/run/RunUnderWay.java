package io.radstream.trainer.run;

import io.radstream.model.RefersTraining;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.RunBasis;
import io.radstream.trainer.data.StartPoint;
import io.radstream.trainer.timing.PhaseTimes;
import java.time.Clock;
import java.util.function.Function;

/**
 * A run that takes its steps: what decides them, who hears of them, and what times them.
 *
 * @param device that it computes on
 * @param listener is told how it goes
 * @param times where its time goes
 * @param steps how those of the network are begun
 */
record RunUnderWay(
    RunBasis basis,
    ComputeDevice device,
    TrainingListener listener,
    Clock clock,
    PhaseTimes times,
    Function<RefersTraining, StepTaker.Steps> steps) {

  RunConfig config() {
    return basis.config();
  }

  StartPoint start() {
    return basis.start();
  }

  /** Whether anything is to be known of the weights as they are behind a step. */
  boolean needsWeights(long step) {
    return isDue(step, config().checkpoint().every())
        || isDue(step, config().validation().every())
        || isDue(step, config().ledger().weightsEvery());
  }

  /** The last step is one of every kind. */
  boolean isDue(long step, long every) {
    return step % every == 0 || step == config().schedule().steps();
  }
}
