package io.radstream.cli.demo;

import io.radstream.trainer.run.StepReport;
import io.radstream.trainer.run.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Ends a run where what it stands on has gone: it would wait for ever, or learn from too little.
 */
record Vigil(Footing footing) implements TrainingListener {

  /**
   * @throws UncheckedIOException where something has ended by itself
   */
  @Override
  public void waiting(int studies, int needed, String topic) {
    look();
  }

  /**
   * @throws UncheckedIOException as above
   */
  @Override
  public void stepped(StepReport report) {
    look();
  }

  private void look() {
    try {
      footing.requireAlive();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
