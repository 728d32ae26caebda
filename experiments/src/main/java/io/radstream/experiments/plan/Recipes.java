package io.radstream.experiments.plan;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The runs of pre-training by name, each after the one that it sets out from. */
record Recipes(Map<String, Pretraining> runs) {

  static Recipes of(Experiment experiment) {
    Map<String, Pretraining> runs = new LinkedHashMap<>();
    for (Initialisation initialisation : experiment.initialisations()) {
      add(experiment, initialisation, runs, new LinkedHashSet<>());
    }
    return new Recipes(runs);
  }

  List<Pretraining> all() {
    return List.copyOf(runs.values());
  }

  private static void add(
      Experiment experiment,
      Initialisation initialisation,
      Map<String, Pretraining> runs,
      Set<String> above) {
    if (!(initialisation.origin() instanceof Origin.Pretrained recipe)
        || runs.containsKey(initialisation.name())) {
      return;
    }
    if (!above.add(initialisation.name())) {
      throw new InvalidExperimentException(
          "initialisations." + initialisation.name() + ".pretraining.base",
          "recipes stand on each other in a circle: " + String.join(", ", above));
    }
    recipe.base().ifPresent(base -> add(experiment, experiment.initialisation(base), runs, above));
    runs.put(initialisation.name(), run(experiment, initialisation, recipe, runs));
  }

  private static Pretraining run(
      Experiment experiment,
      Initialisation initialisation,
      Origin.Pretrained recipe,
      Map<String, Pretraining> runs) {
    String fingerprint =
        Fingerprint.of(
            experiment.seed(),
            Words.of(experiment),
            experiment.source(recipe.source()),
            recipe.network(),
            recipe.steps(),
            recipe.base().map(base -> under(experiment.initialisation(base), runs)).orElse(""));
    return new Pretraining(
        initialisation,
        recipe,
        experiment.seed(),
        Lines.of(experiment, initialisation.name(), fingerprint),
        fingerprint);
  }

  /** What decides the weights that fine-tuning, or another recipe, sets out from. */
  Object under(Initialisation initialisation) {
    return under(initialisation, runs);
  }

  private static Object under(Initialisation initialisation, Map<String, Pretraining> runs) {
    return initialisation.origin() instanceof Origin.Pretrained
        ? runs.get(initialisation.name()).fingerprint()
        : initialisation.origin();
  }
}
