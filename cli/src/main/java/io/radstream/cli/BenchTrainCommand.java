package io.radstream.cli;

import io.radstream.cli.bench.RanksBench;
import io.radstream.cli.bench.RanksBenchReport;
import io.radstream.cli.bench.TrainBench;
import io.radstream.cli.bench.TrainBenchReport;
import io.radstream.trainer.config.RunConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
          + " steps achieve of it. Medians are shown.",
      "",
      "With --world instead: what so many processes that learn together gain over one, --batch"
          + " being the share of each. Where there is taskset, each has cores of its own."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream bench train --preset base --batch 8",
      "  radstream bench train --precision bfloat16 --steps 10 --json",
      "  radstream bench train --world 2 --threads 1 --preset small --steps 20"
    })
final class BenchTrainCommand implements Callable<Integer> {

  private static final Path TASKSET = Path.of("/usr/bin/taskset");

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

  @Option(
      names = "--world",
      paramLabel = "N",
      description = "Compare so many processes with one; a power of two.")
  private Optional<Integer> world;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Of both, by turns, with --world (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Override
  public Integer call() throws IOException, InterruptedException {
    network.require("--steps", steps, 1);
    network.require("--warm-up", warmUp, 1);
    network.require("--micro-batch", microBatch, 0);
    network.require("--rounds", rounds, 1);
    int all = warmUp + steps;
    List<String> further =
        new ArrayList<>(
            List.of(
                "compute.microBatch=" + microBatch,
                "schedule.steps=" + all,
                "checkpoint.every=" + all,
                "ledger.weightsEvery=" + all));
    if (world.isPresent()) {
      compare(world.get(), further);
    } else {
      measure(all, network.config(further));
    }
    return Radstream.DONE;
  }

  private void compare(int ranks, List<String> further) throws IOException, InterruptedException {
    network.require("--world", ranks, 2);
    int cores = Runtime.getRuntime().availableProcessors();
    int threads = network.threads().orElse(Math.max(1, cores / ranks));
    further.add("threads=" + threads);
    RunConfig config = network.config(further);
    RanksBench.Plan plan =
        new RanksBench.Plan(
            Radstream.class.getName(),
            RankOptions.jvm(),
            config,
            network.trainOptions(further),
            ranks,
            warmUp,
            rounds,
            network.reportTokens(config),
            ranks * threads <= cores && Files.isExecutable(TASKSET));
    RanksBenchReport report;
    try (ProgressBar bar =
        TerminalBar.of("Measuring", " runs").setInitialMax(2L * rounds).build()) {
      report = RanksBench.run(plan, bar::stepTo);
    }
    if (!json.requested()) {
      report.print(spec.commandLine().getOut());
    }
    json.print(report);
  }

  private void measure(int all, RunConfig config) throws IOException, InterruptedException {
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
  }

  private static ProgressBar bar(int all) {
    return TerminalBar.of("Measuring", " steps").setInitialMax(all).build();
  }
}
