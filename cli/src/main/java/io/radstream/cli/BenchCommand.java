package io.radstream.cli;

import io.radstream.cli.bench.TrainBench;
import io.radstream.cli.bench.TrainBenchReport;
import io.radstream.model.Compute;
import io.radstream.model.ModelPreset;
import io.radstream.model.ModelVariant;
import io.radstream.model.OptimizerConfig;
import io.radstream.model.Precision;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream bench}: measurements on this machine. */
@Command(
    name = "bench",
    description = "Measure what Radstream makes of this machine.",
    subcommands = BenchCommand.Train.class)
final class BenchCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Missing command: bench train");
  }

  /** {@code radstream bench train}: the optimizer step beside the fastest product of matrices. */
  @Command(
      name = "train",
      description = {
        "Measure complete optimizer steps: forward, backward, update, both losses.",
        "",
        "The studies are made up: three different views, reports of one length. Between the steps"
            + " the engine's fastest product of large matrices is measured in the same precision;"
            + " utilisation is what the steps achieve of it. Medians are shown."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  radstream bench train --preset base --batch 8",
        "  radstream bench train --preset base --precision bfloat16 --steps 10 --json"
      })
  static final class Train implements Callable<Integer> {

    private static final OptimizerConfig PAPER = new OptimizerConfig(0.9, 1e-4, 0);

    @Spec private CommandSpec spec;
    @Mixin private JsonSummary json;

    @Option(
        names = "--preset",
        defaultValue = "BASE",
        description = "Network: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ModelPreset preset;

    @Option(
        names = "--variant",
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
        names = "--micro-batch",
        paramLabel = "N",
        defaultValue = "0",
        description = "Studies on the device at a time; 0 for the batch (default).")
    private int microBatch;

    @Option(
        names = "--report-tokens",
        paramLabel = "N",
        description = "Length of each report (default: the longest that the network reads).")
    private Optional<Integer> reportTokens;

    @Option(
        names = "--steps",
        paramLabel = "N",
        defaultValue = "5",
        description = "Steps that are measured (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
        names = "--warm-up",
        paramLabel = "N",
        defaultValue = "1",
        description = "Steps before these (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
        names = "--threads",
        paramLabel = "N",
        description = "CPU threads for one operation (default: one for each processor).")
    private Optional<Integer> threads;

    @Override
    public Integer call() throws IOException {
      require("--batch", batch, 1);
      require("--steps", steps, 1);
      require("--warm-up", warmUp, 0);
      require("--micro-batch", microBatch, 0);
      require("--report-tokens", reportTokens.orElse(2), 2);
      require("--threads", threads.orElse(1), 1);
      TrainBenchReport report;
      try (ProgressBar bar = bar()) {
        report =
            TrainBench.run(
                preset.config(variant, vocabulary, vocabulary),
                PAPER,
                new Compute(precision, microBatch),
                threads.orElse(Runtime.getRuntime().availableProcessors()),
                batch,
                steps,
                warmUp,
                reportTokens,
                bar::stepTo);
      }
      if (!json.requested()) {
        report.print(spec.commandLine().getOut());
      }
      json.print(report);
      return Radstream.DONE;
    }

    private ProgressBar bar() {
      return new ProgressBarBuilder()
          .setTaskName("Measuring")
          .setUnit(" steps", 1)
          .setInitialMax(warmUp + steps)
          .build();
    }

    private void require(String option, int value, int least) {
      if (value < least) {
        throw new ParameterException(
            spec.commandLine(), "%s: at least %d, not %d".formatted(option, least, value));
      }
    }
  }
}
