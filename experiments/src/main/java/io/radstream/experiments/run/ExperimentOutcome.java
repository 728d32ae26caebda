package io.radstream.experiments.run;

/**
 * How far an experiment is.
 *
 * @param cells that it has
 * @param before how many were done when it was begun or gone on with
 * @param done how many were done now
 * @param failed how many could not be done
 * @param stopped whether it was asked to stop before all were
 */
public record ExperimentOutcome(int cells, int before, int done, int failed, boolean stopped) {

  public boolean complete() {
    return before + done == cells;
  }
}
