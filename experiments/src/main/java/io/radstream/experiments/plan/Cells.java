package io.radstream.experiments.plan;

import java.util.ArrayList;
import java.util.List;

/** The runs of fine-tuning. */
record Cells(Experiment experiment, Recipes recipes) {

  private static final long MOST = 10_000;

  List<Cell> all() {
    requireFew();
    List<Cell> cells = new ArrayList<>();
    for (Target target : experiment.targets()) {
      for (double ratio : target.labelRatios()) {
        for (Initialisation initialisation : experiment.initialisations()) {
          for (int repeat = 1; repeat <= experiment.repeats(); repeat++) {
            cells.add(cell(initialisation, target, ratio, repeat));
          }
        }
      }
    }
    return cells;
  }

  private void requireFew() {
    long columns =
        experiment.targets().stream().mapToLong(target -> target.labelRatios().size()).sum();
    long cells = columns * experiment.initialisations().size() * experiment.repeats();
    if (cells > MOST) {
      throw new InvalidExperimentException(
          "repeats", "%d cells in all; an experiment has at most %d".formatted(cells, MOST));
    }
  }

  private Cell cell(Initialisation initialisation, Target target, double ratio, int repeat) {
    long seed = experiment.seed() + repeat;
    String fingerprint =
        Fingerprint.of(
            seed,
            ratio,
            Words.of(experiment),
            recipes.under(initialisation),
            initialisation.finetuning(),
            experiment.source(target.source()),
            experiment.source(target.testSource()),
            target.findings(),
            target.steps(),
            target.settings(),
            target.split());
    String name = Cell.nameOf(target, initialisation, ratio, repeat);
    return new Cell(
        initialisation,
        target,
        ratio,
        repeat,
        seed,
        Lines.of(experiment, name, fingerprint),
        fingerprint);
  }
}
