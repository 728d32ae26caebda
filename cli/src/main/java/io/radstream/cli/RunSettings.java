package io.radstream.cli;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.objects.ClaimedObjects;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.config.RunConfigReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Mixin: how the settings of a run differ from those that it starts from. */
final class RunSettings {

  @Option(
      names = "--store",
      paramLabel = "STORE",
      defaultValue = "checkpoints",
      description =
          "Where checkpoints are kept: a directory, or s3://BUCKET/PREFIX (default:"
              + " ${DEFAULT-VALUE}).")
  private CheckpointStore store;

  @Mixin private OriginalsOption originals;

  @Option(names = "--config", paramLabel = "FILE", description = "YAML with settings that differ.")
  private Optional<Path> configFile;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, as schedule.steps=500; wins over the file. Repeatable.")
  private List<String> settings = new ArrayList<>();

  @Option(names = "--steps", paramLabel = "N", description = "Short for --set schedule.steps=N.")
  private Optional<Long> steps;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Short for --set threads=N: CPU threads of one operation.")
  private Optional<Integer> threads;

  /** As given on the command line. */
  Optional<Long> steps() {
    return steps;
  }

  /** Where pictures at full resolution may be read. */
  Optional<ClaimedObjects> originals() {
    return originals.objects();
  }

  CheckpointStore store() {
    return store;
  }

  /**
   * @param further settings that win over all others
   * @throws io.radstream.trainer.config.InvalidConfigException where one does not exist or fit
   */
  RunConfig over(RunConfig base, List<String> further) {
    List<String> overrides = new ArrayList<>(settings);
    steps.ifPresent(given -> overrides.add("schedule.steps=" + given));
    threads.ifPresent(given -> overrides.add("threads=" + given));
    overrides.addAll(further);
    return new RunConfigReader().read(base, configFile, overrides);
  }
}
