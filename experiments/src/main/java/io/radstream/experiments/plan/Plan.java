package io.radstream.experiments.plan;

import java.util.List;
import java.util.Optional;

/**
 * The runs of an experiment.
 *
 * @param pretrainings each after the one that it sets out from
 * @param cells in the order of targets, ratios, initialisations and repeats
 */
public record Plan(Experiment experiment, List<Pretraining> pretrainings, List<Cell> cells) {

  public Plan {
    pretrainings = List.copyOf(pretrainings);
    cells = List.copyOf(cells);
  }

  /**
   * @throws InvalidExperimentException where recipes stand on each other in a circle, or a line's
   *     name would be too long
   */
  public static Plan of(Experiment experiment) {
    Recipes recipes = Recipes.of(experiment);
    return new Plan(experiment, recipes.all(), new Cells(experiment, recipes).all());
  }

  /** Optimizer steps of all runs together. */
  public long steps() {
    return pretrainings.stream().mapToLong(run -> run.recipe().steps()).sum()
        + cells.stream().mapToLong(cell -> cell.target().steps()).sum();
  }

  /**
   * @throws IllegalArgumentException where the initialisation has no run
   */
  public Pretraining pretraining(String initialisation) {
    return pretrainings.stream()
        .filter(run -> run.name().equals(initialisation))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no pre-training " + initialisation));
  }

  /** The initialisation that another's run sets out from. */
  public Optional<String> baseOf(String initialisation) {
    return experiment.initialisation(initialisation).origin() instanceof Origin.Pretrained recipe
        ? recipe.base()
        : Optional.empty();
  }
}
