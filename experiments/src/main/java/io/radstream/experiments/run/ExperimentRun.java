package io.radstream.experiments.run;

import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.plan.Plan;
import io.radstream.experiments.plan.Pretraining;
import io.radstream.experiments.results.PretrainingResult;
import io.radstream.experiments.results.ResultFiles;
import io.radstream.experiments.results.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Does what of a plan is not done: pre-training one run after the other, then the cells. What has a
 * result with the same fingerprint is not run again; what has one with another is.
 */
public final class ExperimentRun {

  private final Plan plan;
  private final ResultFiles files;
  private final Laboratory laboratory;
  private final ExperimentListener listener;
  private final BooleanSupplier stopRequested;
  private final Clock clock;
  private final Bases bases;

  /**
   * @param stopRequested nothing is begun any more once it is true
   */
  public ExperimentRun(
      Plan plan,
      ResultFiles files,
      Laboratory laboratory,
      ExperimentListener listener,
      BooleanSupplier stopRequested,
      Clock clock) {
    this.plan = plan;
    this.files = files;
    this.laboratory = laboratory;
    this.listener = listener;
    this.stopRequested = stopRequested;
    this.clock = clock;
    this.bases = new Bases(plan, files);
  }

  /**
   * @param wanted cells to be done, and what they stand on
   * @param work does a cell
   * @param room how many at a time
   */
  public ExperimentOutcome run(List<Cell> wanted, CellWork work, Room room)
      throws IOException, InterruptedException {
    List<Cell> cells = left(wanted);
    check(cells);
    List<Pretraining> runs = pretrainings(cells);
    Progress progress = new Progress(clock, runs.size() + cells.size(), steps(runs, cells));
    boolean ready = prepare(runs, cells) && pretrain(runs, progress);
    Crew crew = new Crew(files, work, progress, listener, stopRequested);
    crew.run(ready ? cells : List.of(), room);
    int before = wanted.size() - cells.size();
    return new ExperimentOutcome(
        wanted.size(),
        before,
        crew.done(),
        crew.failed(),
        before + crew.done() + crew.failed() < wanted.size());
  }

  /** Those that are not done. */
  public List<Cell> left(List<Cell> wanted) throws IOException {
    List<Cell> left = new ArrayList<>();
    for (Cell cell : wanted) {
      if (!isDone(cell)) {
        left.add(cell);
      }
    }
    return left;
  }

  /** Whether the result of these settings is there. */
  public boolean isDone(Cell cell) throws IOException {
    return files.cell(cell.name()).filter(result -> result.isOf(cell)).isPresent();
  }

  /** All of it, so that a mistake is found before the first step. */
  private void check(List<Cell> cells) throws IOException {
    for (Pretraining run : plan.pretrainings()) {
      laboratory.check(run);
    }
    for (Cell cell : cells) {
      laboratory.check(cell, bases.of(cell.initialisation()));
    }
  }

  private List<Pretraining> pretrainings(List<Cell> cells) throws IOException {
    Set<String> needed = new LinkedHashSet<>();
    for (Cell cell : cells) {
      Optional<String> name = Optional.of(cell.initialisation().name());
      while (name.isPresent() && needed.add(name.get())) {
        name = plan.baseOf(name.get());
      }
    }
    List<Pretraining> runs = new ArrayList<>();
    for (Pretraining run : plan.pretrainings()) {
      if (needed.contains(run.name()) && bases.finished(run.initialisation()).isEmpty()) {
        runs.add(run);
      }
    }
    return runs;
  }

  private static long steps(List<Pretraining> runs, List<Cell> cells) {
    return runs.stream().mapToLong(run -> run.recipe().steps()).sum()
        + cells.stream().mapToLong(cell -> cell.target().steps()).sum();
  }

  private boolean prepare(List<Pretraining> runs, List<Cell> cells)
      throws IOException, InterruptedException {
    Set<String> sources = new LinkedHashSet<>();
    runs.forEach(run -> sources.add(run.recipe().source()));
    for (Cell cell : cells) {
      sources.add(cell.target().source());
      sources.add(cell.target().testSource());
    }
    for (String source : sources) {
      if (stopRequested.getAsBoolean() || !laboratory.prepare(source)) {
        return false;
      }
    }
    return true;
  }

  private boolean pretrain(List<Pretraining> runs, Progress progress)
      throws IOException, InterruptedException {
    for (Pretraining run : runs) {
      if (stopRequested.getAsBoolean() || !pretrain(run, progress)) {
        return false;
      }
    }
    return true;
  }

  private boolean pretrain(Pretraining run, Progress progress)
      throws IOException, InterruptedException {
    if (bases.finished(run.initialisation()).isPresent()) {
      // By another process on the same directory.
      progress.done(run.name(), run.recipe().steps(), listener);
      return true;
    }
    listener.begins(run.name(), run.line(), files.pretraining(run.name()).isPresent());
    try {
      Optional<Path> base = bases.under(run.recipe());
      if (run.recipe().base().isPresent() && base.isEmpty()) {
        throw new IOException(run.recipe().base().get() + " has not been pre-trained");
      }
      Optional<TrainedNetwork> network = laboratory.pretrain(run, base);
      if (network.isEmpty()) {
        return false;
      }
      files.write(new PretrainingResult(run.name(), run.fingerprint(), run.line(), network.get()));
      progress.done(run.name(), run.recipe().steps(), listener);
    } catch (IOException | RuntimeException e) {
      // Its cells will say that it is missing; those of others can be done.
      progress.failed(run.name(), run.recipe().steps(), e, listener);
    }
    return true;
  }
}
