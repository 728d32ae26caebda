package io.radstream.cli;

import io.radstream.model.config.ModelVariant;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.config.RunConfigReader;
import io.radstream.trainer.config.RunPreset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that say which network a measurement is for. */
final class BenchNetwork {

  private static final String LINE = "bench";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private DeviceOption device;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = "BASE",
      description = "Network: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private RunPreset preset;

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      defaultValue = "PAPER",
      description =
          "Of the paper or of the code its authors released: ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}).")
  private ModelVariant variant;

  @Option(
      names = "--vocabulary",
      paramLabel = "N",
      defaultValue = "30522",
      description = "Tokens of the vocabulary (default: ${DEFAULT-VALUE}).")
  private int vocabulary;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      defaultValue = "FLOAT32",
      description = "Of products: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Precision precision;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "8",
      description = "Studies of a step (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--report-tokens",
      paramLabel = "N",
      description = "Length of each report (default: the longest that the network reads).")
  private Optional<Integer> reportTokens;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "CPU threads for one operation (default: one for each processor).")
  private Optional<Integer> threads;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting of the run, as optimizer.maxGradientNorm=1. Repeatable.")
  private List<String> settings = new ArrayList<>();

  /**
   * @param further settings
   */
  RunConfig config(List<String> further) {
    require("--vocabulary", vocabulary, 64);
    require("--batch", batch, 2);
    require("--report-tokens", reportTokens.orElse(3), 3);
    require("--threads", threads.orElse(1), 1);
    return new RunConfigReader()
        .read(
            preset.config(LINE, variant, vocabulary, vocabulary),
            Optional.empty(),
            settings(further));
  }

  private List<String> settings(List<String> further) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "batch=" + batch,
                "threads=" + threads.orElse(Runtime.getRuntime().availableProcessors()),
                "compute.precision=" + precision,
                "validation.maxStudies=0",
                "metricsEvery=1"));
    all.addAll(further);
    all.addAll(settings);
    return all;
  }

  /** Those of the train command that give the same configuration. */
  List<String> trainOptions(List<String> further) {
    List<String> options = new ArrayList<>(List.of("--preset=" + preset, "--variant=" + variant));
    settings(further).forEach(setting -> options.add("--set=" + setting));
    return options;
  }

  /** Threads that were asked for. */
  Optional<Integer> threads() {
    return threads;
  }

  DeviceChoice device() {
    return device.choice();
  }

  int reportTokens(RunConfig config) {
    int longest = Math.min(config.model().report().maxTokens(), config.model().text().maxTokens());
    return Math.min(longest, reportTokens.orElse(longest));
  }

  void require(String option, long value, long least) {
    if (value < least) {
      throw new ParameterException(
          spec.commandLine(), "%s: at least %d, not %d".formatted(option, least, value));
    }
  }
}
