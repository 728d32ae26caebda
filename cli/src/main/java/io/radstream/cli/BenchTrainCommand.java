package io.radstream.cli;

import io.radstream.cli.bench.TrainBench;
import io.radstream.cli.bench.TrainBenchReport;
import io.radstream.trainer.config.RunConfig;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code radstream bench train}: training steps beside the fastest product of matrices. */
@Command(
    name = "train",
    description = {
      "Measure complete training steps: batch, forward, backward, update, ledger.",
      "",
      "A run over tuples of phantoms, three different views each and reports of one length, on a"
          + " broker of its own. Between the steps, on a GPU behind the last, the engine's fastest"
          + " product of large matrices is measured in the same precision; utilisation is what the"
          + " steps achieve of it. Medians are shown."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream bench train --preset base --batch 8",
      "  radstream bench train --precision bfloat16 --steps 10 --json"
    })
final class BenchTrainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonSummary json;
  @Mixin private BenchNetwork network;

  @Option(
      names = "--micro-batch",
      paramLabel = "N",
      defaultValue = "0",
      description = "Studies on the device at a time; 0 for the batch (default).")
  private int microBatch;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "5",
      description = "Steps that are measured (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "2",
      description = "Steps before these (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Override
  public Integer call() throws IOException, InterruptedException {
    network.require("--steps", steps, 1);
    network.require("--warm-up", warmUp, 1);
    network.require("--micro-batch", microBatch, 0);
    int all = warmUp + steps;
    RunConfig config =
        network.config(
            List.of(
                "compute.microBatch=" + microBatch,
                "schedule.steps=" + all,
                "checkpoint.every=" + all,
                "ledger.weightsEvery=" + all));
    TrainBench.Plan plan =
        new TrainBench.Plan(config, network.device(), warmUp, network.reportTokens(config));
    TrainBenchReport report;
    try (ProgressBar bar = bar(all)) {
      report = TrainBench.run(plan, bar::stepTo);
    }
    if (!json.requested()) {
      report.print(spec.commandLine().getOut());
    }
    json.print(report);
    return Radstream.DONE;
  }

  private static ProgressBar bar(int all) {
    return TerminalBar.of("Measuring", " steps").setInitialMax(all).build();
  }
}
