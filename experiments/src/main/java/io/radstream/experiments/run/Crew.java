package io.radstream.experiments.run;

import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.results.CellResult;
import io.radstream.experiments.results.ResultFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Has cells done, several at a time; one that fails leaves the others alone. */
final class Crew {

  private final ResultFiles files;
  private final CellWork work;
  private final Progress progress;
  private final ExperimentListener listener;
  private final BooleanSupplier stopRequested;
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  Crew(
      ResultFiles files,
      CellWork work,
      Progress progress,
      ExperimentListener listener,
      BooleanSupplier stopRequested) {
    this.files = files;
    this.work = work;
    this.progress = progress;
    this.listener = listener;
    this.stopRequested = stopRequested;
  }

  int done() {
    return done.get();
  }

  int failed() {
    return failed.get();
  }

  void run(List<Cell> cells, Room room) throws InterruptedException {
    if (room instanceof Room.Fixed fixed) {
      run(cells, fixed.cells());
    } else if (room instanceof Room.Measured measured) {
      measure(cells, measured);
    }
  }

  /** One alone until one is done, since what fails may do so before it takes any memory. */
  private void measure(List<Cell> cells, Room.Measured room) throws InterruptedException {
    int next = 0;
    while (next < cells.size() && done() == 0 && !stopRequested.getAsBoolean()) {
      Cell cell = cells.get(next);
      MeasuredRoom found = MemoryWatch.during(() -> run(cell), room.most(), room.memory());
      next++;
      if (done() > 0 && next < cells.size()) {
        listener.room(found);
        run(cells.subList(next, cells.size()), found.cells());
        return;
      }
    }
  }

  private void run(List<Cell> cells, int parallel) throws InterruptedException {
    ExecutorService workers = Executors.newFixedThreadPool(parallel);
    try {
      List<Future<?>> futures =
          cells.stream().<Future<?>>map(cell -> workers.submit(() -> run(cell))).toList();
      for (Future<?> future : futures) {
        await(future);
      }
    } finally {
      workers.shutdown();
    }
  }

  private static void await(Future<?> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a cell's thread has broken down", e.getCause());
    }
  }

  private void run(Cell cell) {
    if (stopRequested.getAsBoolean()) {
      return;
    }
    try {
      Optional<CellResult> before = files.cell(cell.name());
      // Another process on the same directory may have done it since this one looked.
      boolean there = before.filter(result -> result.isOf(cell)).isPresent();
      if (!there) {
        listener.begins(cell.name(), cell.line(), before.isPresent());
      }
      if (there || work.run(cell)) {
        done.incrementAndGet();
        progress.done(cell.name(), cell.target().steps(), listener);
      }
    } catch (IOException | RuntimeException e) {
      failed.incrementAndGet();
      progress.failed(cell.name(), cell.target().steps(), e, listener);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
