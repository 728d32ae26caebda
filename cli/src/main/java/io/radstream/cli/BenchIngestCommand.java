package io.radstream.cli;

import io.radstream.cli.bench.IngestBench;
import io.radstream.cli.bench.IngestBenchReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream bench ingest}: from files to tuples. */
@Command(
    name = "ingest",
    description = {
      "Measure the way of studies from files to tuples.",
      "",
      "Phantoms are published to a broker of its own and made into tuples, first one after the"
          + " other, then at once. Beside it stands what plain clients do with the same records in"
          + " the same run, and decoding alone."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream bench ingest",
      "  radstream bench ingest --studies 4000 --views 3 --threads 2",
      "  radstream bench ingest --studies 100000 --views 1 --side 96 --json"
    })
final class BenchIngestCommand implements Callable<Integer> {

  private static final int SMALLEST_SIDE = 32;

  @Spec private CommandSpec spec;
  @Mixin private JsonSummary json;

  @Option(
      names = "--studies",
      paramLabel = "N",
      defaultValue = "2000",
      description = "How many, at least 100 (default: ${DEFAULT-VALUE}).")
  private long studies;

  @Option(
      names = "--views",
      paramLabel = "N",
      defaultValue = "2",
      description = "Of each study (default: ${DEFAULT-VALUE}).")
  private int views;

  @Option(
      names = "--side",
      paramLabel = "N",
      defaultValue = "1024",
      description = "Pixels of a picture in its file (default: ${DEFAULT-VALUE}).")
  private int side;

  @Option(
      names = "--view-size",
      paramLabel = "N",
      defaultValue = "512",
      description = "Longest side of published views (default: ${DEFAULT-VALUE}, as published).")
  private int viewSize;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4",
      description = "Of each topic (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Of the stage, and as many plain clients beside it (default: one for each processor).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws IOException, InterruptedException {
    require("--studies", studies, 100);
    require("--views", views, 1);
    require("--side", side, SMALLEST_SIDE);
    require("--view-size", viewSize, SMALLEST_SIDE);
    require("--partitions", partitions, 1);
    require("--threads", threads, 1);
    IngestBench.Plan plan =
        new IngestBench.Plan(studies, views, side, viewSize, partitions, threads);
    PrintWriter err = spec.commandLine().getErr();
    IngestBenchReport report = new IngestBench(plan, line -> tell(err, line)).run();
    if (!json.requested()) {
      report.print(spec.commandLine().getOut());
    }
    json.print(report);
    return Radstream.DONE;
  }

  private void require(String option, long value, long least) {
    if (value < least) {
      throw new ParameterException(
          spec.commandLine(), "%s: at least %d, not %d".formatted(option, least, value));
    }
  }

  private static void tell(PrintWriter err, String line) {
    err.println(line);
    err.flush();
  }
}
