package io.radstream.trainer.data;

import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.tuples.NeededInputs;
import io.radstream.trainer.tuples.TupleCheck;

/**
 * What decides which batches a run makes of its studies.
 *
 * @param tokenizers that the studies' tuples were made with; whoever opened them closes them
 * @param start where it sets in, and by which rules
 */
public record RunBasis(RunConfig config, ReportTokenizers tokenizers, StartPoint start) {

  /** Which tuples the run can use. */
  TupleCheck check() {
    return TupleCheck.of(tokenizers, NeededInputs.of(config.model()));
  }

  /** Seed of the run's order and augmentation: each run of a line has its own. */
  public long dataSeed() {
    return start.firstStep() == 0
        ? config.seed()
        : CounterRandom.of(config.seed(), "run", start.firstStep()).nextLong();
  }
}
