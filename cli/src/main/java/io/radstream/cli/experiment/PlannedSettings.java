package io.radstream.cli.experiment;

import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.plan.InvalidExperimentException;
import io.radstream.experiments.plan.Origin;
import io.radstream.experiments.plan.Plan;
import io.radstream.experiments.plan.Pretraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether the trainer knows all settings of an experiment, without any of its data at hand. */
public final class PlannedSettings {

  private PlannedSettings() {}

  /**
   * Cells that set out from a checkpoint which is not here are passed over: it brings its settings.
   *
   * @throws InvalidExperimentException where a setting does not exist or fit
   * @throws IOException where such a checkpoint cannot be read
   */
  public static void check(Plan plan) throws IOException {
    int size = plan.experiment().vocabulary();
    RunConfigs configs = new RunConfigs(plan.experiment(), new RunConfigs.Vocabularies(size, size));
    for (Pretraining run : plan.pretrainings()) {
      configs.of(run, Optional.empty());
    }
    for (Cell cell : plan.cells()) {
      if (!(cell.initialisation().origin() instanceof Origin.Stored stored)) {
        configs.of(cell, Optional.empty());
      } else if (Files.isDirectory(Path.of(stored.directory()))) {
        configs.of(cell, Optional.of(Path.of(stored.directory())));
      }
    }
  }
}
