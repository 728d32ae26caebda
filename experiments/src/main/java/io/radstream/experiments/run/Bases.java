package io.radstream.experiments.run;

import io.radstream.experiments.plan.Experiment;
import io.radstream.experiments.plan.Initialisation;
import io.radstream.experiments.plan.Origin;
import io.radstream.experiments.plan.Plan;
import io.radstream.experiments.results.PretrainingResult;
import io.radstream.experiments.results.ResultFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Checkpoints that runs set out from. */
record Bases(Plan plan, ResultFiles files) {

  /** The finished run of an initialisation, with the settings of the plan. */
  Optional<PretrainingResult> finished(Initialisation initialisation) throws IOException {
    String fingerprint = plan.pretraining(initialisation.name()).fingerprint();
    return files
        .pretraining(initialisation.name())
        .filter(result -> result.fingerprint().equals(fingerprint));
  }

  /** Of a run that sets out from another. */
  Optional<Path> under(Origin.Pretrained recipe) throws IOException {
    Experiment experiment = plan.experiment();
    return recipe.base().isEmpty()
        ? Optional.empty()
        : of(experiment.initialisation(recipe.base().get()));
  }

  /** Empty where there is none: the network begins with the seed or public weights. */
  Optional<Path> of(Initialisation initialisation) throws IOException {
    return switch (kind(initialisation.origin())) {
      case STORED -> Optional.of(Path.of(((Origin.Stored) initialisation.origin()).directory()));
      case RUN -> finished(initialisation).map(result -> Path.of(result.network().directory()));
      case NONE -> Optional.empty();
    };
  }

  /** Whether the checkpoint is not there although it has to be. */
  boolean lacks(Initialisation initialisation) throws IOException {
    return kind(initialisation.origin()) == Kind.RUN && finished(initialisation).isEmpty();
  }

  private enum Kind {
    STORED,
    RUN,
    NONE
  }

  private static Kind kind(Origin origin) {
    if (origin instanceof Origin.Stored) {
      return Kind.STORED;
    }
    return origin instanceof Origin.Pretrained ? Kind.RUN : Kind.NONE;
  }
}
