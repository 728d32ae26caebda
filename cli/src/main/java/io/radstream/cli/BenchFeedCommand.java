package io.radstream.cli;

import io.radstream.cli.bench.FeedBench;
import io.radstream.cli.bench.FeedBenchReport;
import io.radstream.trainer.config.RunConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream bench feed}: from the topic to batches that are ready for the device. */
@Command(
    name = "feed",
    description = {
      "Measure the way from the topic to batches that are ready for the device.",
      "",
      "Tuples of phantoms are published to a broker of its own; nothing is trained, and no decoded"
          + " study is held. Each number of studies is measured with each number of views and of"
          + " workers."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream bench feed --batch 32",
      "  radstream bench feed --views 1,3,8 --workers 1,2,4",
      "  radstream bench feed --studies 2000 --take 2000 --pace 70",
      "  radstream bench feed --simulate --json"
    })
final class BenchFeedCommand implements Callable<Integer> {

  private static final List<Long> GROWING = List.of(1_000L, 10_000L, 100_000L, 1_000_000L);
  private static final int SMALL_SIDE = 32;

  @Spec private CommandSpec spec;
  @Mixin private JsonSummary json;
  @Mixin private BenchNetwork network;

  @Option(
      names = "--studies",
      paramLabel = "N",
      split = ",",
      defaultValue = "1000",
      description = "On the topic, rising (default: ${DEFAULT-VALUE}).")
  private List<Long> studies;

  @Option(
      names = "--views",
      paramLabel = "N",
      split = ",",
      defaultValue = "3",
      description = "Of each study (default: ${DEFAULT-VALUE}).")
  private List<Integer> views;

  @Option(
      names = "--workers",
      paramLabel = "N",
      split = ",",
      description = "That decode and augment (default: one for each processor).")
  private List<Integer> workers = List.of(Runtime.getRuntime().availableProcessors());

  @Option(
      names = "--view-side",
      paramLabel = "N",
      defaultValue = "512",
      description = "Pixels of a view on the topic (default: ${DEFAULT-VALUE}, as published).")
  private int viewSide;

  @Option(
      names = "--take",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Studies that are taken of each topic, epoch after epoch where it has fewer (default:"
              + " ${DEFAULT-VALUE}).")
  private long take;

  @Option(
      names = "--pace",
      paramLabel = "N",
      description =
          "Studies/s that the device takes; tells how long it waits for data (default: as many as"
              + " come).")
  private double pace = Double.POSITIVE_INFINITY;

  @Option(
      names = "--simulate",
      description =
          "Whether the cost of a study stays flat as the topic grows: 1,000 to 1,000,000 studies"
              + " with views of 32 pixels. Takes 6 GB of disk in the directory for temporary"
              + " files.")
  private boolean simulate;

  @Override
  public Integer call() throws IOException, InterruptedException {
    RunConfig config = network.config(List.of());
    studies.forEach(count -> network.require("--studies", count, config.batch()));
    views.forEach(count -> network.require("--views", count, 1));
    workers.forEach(count -> network.require("--workers", count, 1));
    network.require("--view-side", viewSide, SMALL_SIDE);
    network.require("--take", take, config.batch());
    if (!(pace > 0)) {
      throw new ParameterException(spec.commandLine(), "--pace: more than 0, not " + pace);
    }
    FeedBench.Plan plan =
        new FeedBench.Plan(
            config,
            network.device(),
            simulate ? GROWING : studies.stream().sorted().toList(),
            views,
            workers,
            simulate ? SMALL_SIDE : viewSide,
            network.reportTokens(config),
            take,
            pace);
    PrintWriter err = spec.commandLine().getErr();
    FeedBenchReport report = new FeedBench(plan, line -> tell(err, line), System::nanoTime).run();
    if (!json.requested()) {
      report.print(spec.commandLine().getOut());
    }
    json.print(report);
    return Radstream.DONE;
  }

  private static void tell(PrintWriter err, String line) {
    err.println(line);
    err.flush();
  }
}
