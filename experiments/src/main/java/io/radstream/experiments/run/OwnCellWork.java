package io.radstream.experiments.run;

import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.plan.Plan;
import io.radstream.experiments.results.CellResult;
import io.radstream.experiments.results.ResultFiles;
import io.radstream.experiments.results.TestedStudy;
import io.radstream.experiments.results.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Fine-tunes, tests and writes down, here; one cell at a time. */
public final class OwnCellWork implements CellWork {

  private final Laboratory laboratory;
  private final ResultFiles files;
  private final Bases bases;

  public OwnCellWork(Plan plan, ResultFiles files, Laboratory laboratory) {
    this.laboratory = laboratory;
    this.files = files;
    this.bases = new Bases(plan, files);
  }

  @Override
  public boolean run(Cell cell) throws IOException, InterruptedException {
    if (bases.lacks(cell.initialisation())) {
      throw new IOException(
          "initialisation %s has not been pre-trained".formatted(cell.initialisation().name()));
    }
    Optional<Path> base = bases.of(cell.initialisation());
    Optional<TrainedNetwork> network = laboratory.finetune(cell, base);
    Optional<List<TestedStudy>> tested =
        network.isEmpty() ? Optional.empty() : laboratory.test(cell, network.get());
    if (tested.isEmpty()) {
      return false;
    }
    files.write(
        new CellResult(
            cell.name(),
            cell.fingerprint(),
            cell.line(),
            network.get(),
            cell.target().findings(),
            tested.get()));
    return true;
  }
}
