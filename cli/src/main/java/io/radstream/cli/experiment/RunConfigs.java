package io.radstream.cli.experiment;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.plan.Experiment;
import io.radstream.experiments.plan.InvalidExperimentException;
import io.radstream.experiments.plan.Network;
import io.radstream.experiments.plan.Origin;
import io.radstream.experiments.plan.Pretraining;
import io.radstream.experiments.plan.Source;
import io.radstream.model.config.ModelVariant;
import io.radstream.trainer.checkpoint.CheckpointConfig;
import io.radstream.trainer.config.FineTuning;
import io.radstream.trainer.config.InvalidConfigException;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.config.RunConfigReader;
import io.radstream.trainer.config.RunPreset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an experiment says, as settings of runs. */
record RunConfigs(Experiment experiment, Vocabularies vocabularies) {

  /** Token ids of the report transformer's tokenizer and of the report encoder's. */
  record Vocabularies(int report, int text) {}

  /**
   * @param base directory of the checkpoint that it sets out from
   * @throws InvalidExperimentException where a setting does not exist or fit
   */
  RunConfig of(Pretraining run, Optional<Path> base) {
    String place = "initialisations." + run.name() + ".pretraining";
    List<String> settings = new ArrayList<>(run.recipe().network().settings());
    settings.add("seed=" + run.seed());
    settings.add("schedule.steps=" + run.recipe().steps());
    base.ifPresent(directory -> settings.add("initial.checkpoint=" + quoted(absolute(directory))));
    return requireOriginals(
        place,
        read(place, preset(place, run.line(), run.recipe().network()), settings),
        run.recipe().source());
  }

  /**
   * @param base directory of the checkpoint that it sets out from; where there is none yet, the
   *     settings are those of the run that is to write it
   * @throws InvalidExperimentException as above
   * @throws IOException where the checkpoint cannot be read
   */
  RunConfig of(Cell cell, Optional<Path> base) throws IOException {
    String place = "initialisations." + cell.initialisation().name();
    RunConfig before = base.isPresent() ? stored(base.get()) : shape(cell, place);
    List<String> settings = new ArrayList<>();
    if (base.isEmpty()) {
      settings.add("initial.checkpoint=\"\"");
    }
    if (cell.initialisation().origin() instanceof Origin.PublicWeights weights) {
      settings.add("initial.radiograph=" + quoted(Path.of(weights.radiograph())));
    }
    settings.addAll(cell.target().settings());
    settings.addAll(cell.initialisation().finetuning());
    settings.add("seed=" + cell.seed());
    settings.add("schedule.steps=" + cell.target().steps());
    settings.add("labels.share=" + cell.ratio());
    settings.add("labels.draw=" + cell.seed());
    String both = "targets." + cell.target().name() + " with " + place;
    RunConfig config =
        read(
            both,
            FineTuning.of(
                before, base.orElse(Path.of("none")), cell.target().findings(), cell.line()),
            settings);
    return requireOriginals(
        both, requireOf(cell, both, config), cell.target().source(), cell.target().testSource());
  }

  /** A run that finds none would say nothing, and learn from what was published. */
  private RunConfig requireOriginals(String place, RunConfig config, String... sources) {
    for (String name : sources) {
      if (config.data().views() == RunConfig.Views.ORIGINAL
          && experiment.source(name) instanceof Source.Brought) {
        throw new InvalidExperimentException(
            place,
            "data.views=original, and the experiment publishes source %s without originals: publish it by itself with --originals, and give the prefix of its topics instead"
                .formatted(name));
      }
    }
    return config;
  }

  /** The result is told under the names of the target, whatever the network learned. */
  private static RunConfig requireOf(Cell cell, String place, RunConfig config) {
    if (!config.line().equals(cell.line())
        || !config.model().findings().equals(cell.target().findings())) {
      throw new InvalidExperimentException(
          place, "settings may change neither line nor model.findings, which the file says");
    }
    return config;
  }

  private static RunConfig stored(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      throw new IOException(
          "checkpoint %s is gone: bring it back, or, where the experiment wrote it, delete its file in pretraining/ to have it written again"
              .formatted(directory));
    }
    return CheckpointConfig.of(Checkpoint.read(directory));
  }

  private RunConfig shape(Cell cell, String place) {
    Network network = network(cell.initialisation().origin());
    RunConfig preset = preset(place, cell.line(), network);
    RunConfig shape = read(place, preset, network.settings());
    if (!(cell.initialisation().origin() instanceof Origin.Pretrained)) {
      for (String setting : network.settings()) {
        requireOfNetwork(place, cell, setting, shape, without(setting, preset, network));
      }
    }
    return shape;
  }

  /** Of a network that no run of its own comes before, fine-tuning takes the shape alone. */
  private static void requireOfNetwork(
      String place, Cell cell, String setting, RunConfig with, Optional<RunConfig> without) {
    boolean matters =
        without.isEmpty()
            || without.get().equals(with)
            || !tuned(cell, without.get()).equals(tuned(cell, with));
    if (!matters) {
      throw new InvalidExperimentException(
          place,
          "%s is no setting of a network: say it in finetuning, or in set of the target"
              .formatted(setting));
    }
  }

  /** Empty where the others need it. */
  private static Optional<RunConfig> without(String setting, RunConfig preset, Network network) {
    List<String> others = new ArrayList<>(network.settings());
    others.remove(setting);
    try {
      return Optional.of(new RunConfigReader().read(preset, Optional.empty(), others));
    } catch (InvalidConfigException e) {
      return Optional.empty();
    }
  }

  private static RunConfig tuned(Cell cell, RunConfig network) {
    return FineTuning.of(network, Path.of("none"), cell.target().findings(), cell.line());
  }

  private static Network network(Origin origin) {
    if (origin instanceof Origin.Scratch scratch) {
      return scratch.network();
    }
    if (origin instanceof Origin.PublicWeights weights) {
      return weights.network();
    }
    if (origin instanceof Origin.Pretrained recipe) {
      return recipe.network();
    }
    throw new IllegalStateException("a checkpoint brings its own network");
  }

  private RunConfig preset(String place, String line, Network network) {
    return constant(RunPreset.class, place + ".preset", network.preset())
        .config(
            line,
            constant(ModelVariant.class, place + ".variant", network.variant()),
            vocabularies.report(),
            vocabularies.text());
  }

  private static <T extends Enum<T>> T constant(Class<T> type, String place, String name) {
    for (T constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(name)) {
        return constant;
      }
    }
    throw new InvalidExperimentException(
        place, "%s is none of %s".formatted(name, List.of(type.getEnumConstants())));
  }

  private static RunConfig read(String place, RunConfig base, List<String> settings) {
    try {
      return new RunConfigReader().read(base, Optional.empty(), settings);
    } catch (InvalidConfigException e) {
      throw new InvalidExperimentException(place, e.getMessage());
    }
  }

  private static Path absolute(Path directory) {
    return directory.toAbsolutePath().normalize();
  }

  /** As a YAML text, whatever is in it. */
  private static String quoted(Path path) {
    return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
