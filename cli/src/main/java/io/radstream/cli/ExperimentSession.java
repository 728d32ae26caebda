package io.radstream.cli;

import io.radstream.cli.experiment.CellProcesses;
import io.radstream.cli.experiment.Grounds;
import io.radstream.cli.experiment.TrainerLaboratory;
import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.plan.Plan;
import io.radstream.experiments.results.ResultFiles;
import io.radstream.experiments.run.CellWork;
import io.radstream.experiments.run.ExperimentListener;
import io.radstream.experiments.run.ExperimentOutcome;
import io.radstream.experiments.run.ExperimentRun;
import io.radstream.experiments.run.MeasuredRoom;
import io.radstream.experiments.run.OwnCellWork;
import io.radstream.experiments.run.Room;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** An experiment with what a person at a terminal expects of it: progress and a graceful stop. */
final class ExperimentSession {

  private static final double GIB = 1 << 30;
  private static final Room ALONE = new Room.Fixed(1);

  private final PrintWriter err;
  private final TrainerLaboratory laboratory;
  private final CellProcesses processes;
  private final ExperimentRun run;
  private final CellWork here;

  /**
   * @param arguments of the command in a process of its own, all but {@code --only}
   */
  ExperimentSession(PrintWriter err, Plan plan, Grounds grounds, List<String> arguments) {
    this.err = err;
    ResultFiles files = new ResultFiles(grounds.directory());
    this.laboratory =
        new TrainerLaboratory(plan, grounds, () -> new TrainingProgress(err), this::tell);
    this.run =
        new ExperimentRun(
            plan, files, laboratory, new Told(), laboratory::stopRequested, grounds.clock());
    this.processes =
        new CellProcesses(
            Radstream.class.getName(), arguments, grounds.directory().resolve("logs"), run::isDone);
    this.here = new OwnCellWork(plan, files, laboratory);
  }

  /**
   * @param parallel cells at a time; as many as have room where it is empty
   */
  ExperimentOutcome run(List<Cell> cells, Optional<Integer> parallel)
      throws IOException, InterruptedException {
    Room room =
        parallel.isPresent() ? new Room.Fixed(parallel.get()) : laboratory.room(run.left(cells));
    return run.run(cells, room.equals(ALONE) ? here : processes, room);
  }

  /** From any thread. */
  void requestStop() {
    laboratory.requestStop();
    processes.requestStop();
  }

  private synchronized void tell(String message) {
    err.println(message);
    err.flush();
  }

  private final class Told implements ExperimentListener {

    @Override
    public void begins(String run, String line, boolean changed) {
      tell(
          changed
              ? "%s: its settings have changed; anew, on line %s".formatted(run, line)
              : "%s: line %s".formatted(run, line));
    }

    @Override
    public void done(String run, int left, Optional<Long> secondsLeft) {
      tell(
          "%s: done; %d runs left%s"
              .formatted(
                  run,
                  left,
                  secondsLeft.map(seconds -> ", about %d s".formatted(seconds)).orElse("")));
    }

    @Override
    public void room(MeasuredRoom room) {
      tell(
          room.taken().isPresent()
              ? "A cell takes %.1f GiB of %.1f GiB that are free: %d at a time"
                  .formatted(
                      room.taken().getAsLong() / GIB, room.free().getAsLong() / GIB, room.cells())
              : "Nothing tells the free memory of the device: 1 cell at a time; --parallel N has N");
    }

    @Override
    public void failed(String run, Exception cause) {
      tell("%s: failed: %s".formatted(run, cause.getMessage()));
    }
  }
}
