package io.radstream.cli;

import io.radstream.evaluation.Bootstrap;
import io.radstream.experiments.plan.Plan;
import io.radstream.experiments.report.ExperimentReport;
import io.radstream.experiments.results.ResultFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream experiment report}: tables and figures of what is done. */
@Command(
    name = "report",
    description = {
      "Write tables and figures of what is done of an experiment.",
      "",
      "Markdown and CSV, SVG and PNG; the paper's numbers beside ours where the file says that the"
          + " data set is the same. Cells that are not done are gaps."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  radstream experiment report experiments/papers/phantoms.yaml"})
final class ExperimentReportCommand implements Callable<Integer> {

  private static final double LEVEL = 0.95;

  @Spec private CommandSpec spec;
  @Mixin private ExperimentFile file;
  @Mixin private JsonSummary json;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the report goes (default: report in --dir).")
  private Optional<Path> out;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How often patients are drawn for an interval (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Override
  public Integer call() throws IOException {
    if (rounds < 1) {
      throw new ParameterException(spec.commandLine(), "--rounds is at least 1, not " + rounds);
    }
    Plan plan = file.plan();
    Path directory = file.directory(plan);
    Path report = out.orElseGet(() -> directory.resolve("report"));
    List<String> missing =
        new ExperimentReport(
                plan,
                new ResultFiles(directory),
                new Bootstrap(plan.experiment().seed(), rounds, LEVEL))
            .write(report);
    PrintWriter err = spec.commandLine().getErr();
    err.printf("Report: %s%n", report.resolve("report.md"));
    if (!missing.isEmpty()) {
      err.printf("%d of %d cells have no result yet.%n", missing.size(), plan.cells().size());
    }
    err.flush();
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("report", report.toString());
    summary.put("cells", plan.cells().size());
    summary.put("missing", missing.size());
    json.print(summary);
    return Radstream.DONE;
  }
}
