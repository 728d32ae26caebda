package io.radstream.cli.demo;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.trainer.run.RunStart;
import io.radstream.trainer.run.StepReport;
import io.radstream.trainer.run.TrainingListener;
import io.radstream.trainer.tuples.LeftOut;
import java.util.Map;

/** Tells two listeners what a training run does. */
record BothListeners(TrainingListener one, TrainingListener other) implements TrainingListener {

  @Override
  public void waiting(int studies, int needed, String topic) {
    one.waiting(studies, needed, topic);
    other.waiting(studies, needed, topic);
  }

  @Override
  public void leftOut(LeftOut tuples) {
    one.leftOut(tuples);
    other.leftOut(tuples);
  }

  @Override
  public void started(RunStart start) {
    one.started(start);
    other.started(start);
  }

  @Override
  public void stepped(StepReport report) {
    one.stepped(report);
    other.stepped(report);
  }

  @Override
  public void validated(long step, Map<String, Double> figures) {
    one.validated(step, figures);
    other.validated(step, figures);
  }

  @Override
  public void checkpointed(Checkpoint checkpoint) {
    one.checkpointed(checkpoint);
    other.checkpointed(checkpoint);
  }
}
