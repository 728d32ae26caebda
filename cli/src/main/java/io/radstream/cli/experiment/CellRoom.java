package io.radstream.cli.experiment;

import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.plan.Origin;
import io.radstream.experiments.run.Room;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.DeviceChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How many cells have room at a time: by processors, and by the memory that the first takes. */
record CellRoom(DeviceChoice device, RunConfigs configs) {

  /** Processors that a cell keeps busy while a GPU takes its steps. */
  private static final int FEEDERS = 2;

  /**
   * Starts the engine, to see which device there is.
   *
   * @throws IOException where a checkpoint cannot be read
   */
  Room of(List<Cell> cells) throws IOException {
    int threads = 1;
    for (Cell cell : cells) {
      threads = Math.max(threads, configs.of(cell, stored(cell)).threads());
    }
    boolean cpu = device.start(threads).kind() == ComputeDevice.Kind.CPU;
    int most = Runtime.getRuntime().availableProcessors() / (cpu ? threads : FEEDERS);
    return cells.size() < 2 || most < 2
        ? new Room.Fixed(1)
        : new Room.Measured(most, cpu ? MachineMemory.here() : CudaMemory.here());
  }

  private static Optional<Path> stored(Cell cell) {
    return cell.initialisation().origin() instanceof Origin.Stored stored
        ? Optional.of(Path.of(stored.directory()))
        : Optional.empty();
  }
}
