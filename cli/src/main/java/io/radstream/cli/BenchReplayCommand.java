package io.radstream.cli;

import io.radstream.cli.bench.ReplayBench;
import io.radstream.cli.bench.ReplayBenchReport;
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

/** {@code radstream bench replay}: steps before and after a kill, and taken again. */
@Command(
    name = "replay",
    description = {
      "Measure a trainer that is killed and resumed, and its steps taken again.",
      "",
      "A run over tuples of phantoms on a broker of its own, in a process that is killed in the"
          + " middle of it and started anew; then all its steps are taken again from the topics."
          + " Medians of a step are shown for each, and whether the bits were the same. Ends with 1"
          + " where they were not."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream bench replay --preset tiny --steps 20",
      "  radstream bench replay --precision bfloat16 --batch 32 --steps 100 --json"
    })
final class BenchReplayCommand implements Callable<Integer> {

  private static final int LEAST_STEPS = 4;

  /** A resumed run goes on from a checkpoint that lies some steps back. */
  private static final int CHECKPOINTS = 4;

  @Spec private CommandSpec spec;
  @Mixin private JsonSummary json;
  @Mixin private BenchNetwork network;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "40",
      description = "Steps of the run (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Override
  public Integer call() throws IOException, InterruptedException {
    network.require("--steps", steps, LEAST_STEPS);
    List<String> further =
        List.of("schedule.steps=" + steps, "checkpoint.every=" + steps / CHECKPOINTS);
    RunConfig config = network.config(further);
    ReplayBench.Plan plan =
        new ReplayBench.Plan(
            config,
            Radstream.class.getName(),
            network.trainOptions(further),
            network.device(),
            (steps + 1) / 2,
            network.reportTokens(config));
    ReplayBenchReport report;
    try (ProgressBar bar = TerminalBar.of("Taking again", " steps").setInitialMax(steps).build()) {
      report = ReplayBench.run(plan, bar::stepTo);
    }
    if (!json.requested()) {
      report.print(spec.commandLine().getOut());
    }
    json.print(report);
    return report.replayIdentical() ? Radstream.DONE : Radstream.FAILED;
  }
}
