package io.radstream.experiments.run;

import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.plan.InvalidExperimentException;
import io.radstream.experiments.plan.Pretraining;
import io.radstream.experiments.results.TestedStudy;
import io.radstream.experiments.results.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Who trains and tests. What was stopped half-way goes on where it is asked for again. */
public interface Laboratory {

  /**
   * Whether the settings are any, without running anything.
   *
   * @throws InvalidExperimentException where the trainer does not know them
   */
  void check(Pretraining run) throws IOException;

  /**
   * As {@link #check(Pretraining)}.
   *
   * @param base directory of the checkpoint that it sets out from; empty where there is none, or
   *     none yet
   */
  void check(Cell cell, Optional<Path> base) throws IOException;

  /**
   * Sees to it that the source's studies, labels and split are there.
   *
   * @return whether they are; false where it was asked to stop
   */
  boolean prepare(String source) throws IOException, InterruptedException;

  /**
   * @param base directory of the checkpoint that it sets out from
   * @return empty where it was asked to stop
   */
  Optional<TrainedNetwork> pretrain(Pretraining run, Optional<Path> base)
      throws IOException, InterruptedException;

  /**
   * @param base directory of the checkpoint that it sets out from; empty for a network's own
   *     beginning
   * @return what the best checkpoint of its validations is; empty where it was asked to stop
   */
  Optional<TrainedNetwork> finetune(Cell cell, Optional<Path> base)
      throws IOException, InterruptedException;

  /**
   * Judges the split of the cell's target.
   *
   * @return in the order of the target's findings; empty where it was asked to stop
   */
  Optional<List<TestedStudy>> test(Cell cell, TrainedNetwork network)
      throws IOException, InterruptedException;
}
