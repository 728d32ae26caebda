package io.radstream.experiments.run;

import java.util.Optional;

/** Is told how an experiment goes; on the threads of its runs. */
public interface ExperimentListener {

  /**
   * A run begins, or goes on.
   *
   * @param changed it was done with other settings, and is done anew
   */
  void begins(String run, String line, boolean changed);

  /**
   * A run is done.
   *
   * @param left how many are still to be done
   * @param secondsLeft by the time that steps have taken so far; empty before any has been taken
   */
  void done(String run, int left, Optional<Long> secondsLeft);

  /** The first cell has shown how many have room at a time. */
  void room(MeasuredRoom room);

  /** A run cannot be done; the others go on. */
  void failed(String run, Exception cause);
}
