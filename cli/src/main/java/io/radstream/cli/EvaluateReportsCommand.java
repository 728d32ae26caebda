package io.radstream.cli;

import io.radstream.cli.reports.ReportFigures;
import io.radstream.cli.reports.ReportLines;
import io.radstream.cli.reports.TupleReports;
import io.radstream.evaluation.Bootstrap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code radstream evaluate reports}: written reports beside those of the same studies. */
@Command(
    name = "reports",
    description = {
      "Measure how like written reports are to those that are known.",
      "",
      "Either of two files of JSON Lines, {\"studyId\": \"...\", \"report\": \"...\"} a study; or of"
          + " those that a checkpoint writes of tuples, beside the tuples' own.",
      "",
      "BLEU is of the whole corpus, without smoothing; ROUGE-L, METEOR (same words and stems, no"
          + " synonyms) and CIDEr-D are means over studies. Tokens are words and numbers in lower"
          + " case. Then findings are read of both by rules for English, and compared. Intervals"
          + " are drawn by study. Likeness of words is not truth, and rules err."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream evaluate reports written.jsonl known.jsonl",
      "  radstream evaluate reports written.jsonl known.jsonl --rounds 200 --json",
      "  radstream evaluate reports --checkpoint checkpoints/chest/000012000 \\",
      "      --offsets 0:0-300 --kafka-config client.properties"
    })
final class EvaluateReportsCommand implements Callable<Integer> {

  private static final double LEVEL = 0.95;

  @Spec private CommandSpec spec;
  @Mixin private JsonSummary summary;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private DeviceOption device;
  @Mixin private TupleReportOptions tuples;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "WRITTEN",
      description = "The reports that are measured.")
  private Optional<Path> written;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "KNOWN",
      description = "Those that they are measured by.")
  private Optional<Path> known;

  @Option(
      names = "--uncertain-present",
      description =
          "Take a finding that a report is not sure of as one that is there (default: as one that"
              + " is not).")
  private boolean uncertain;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How often studies are drawn for the intervals (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of these draws (default: ${DEFAULT-VALUE}).")
  private long seed;

  private volatile boolean stopped;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    if (tuples.isGiven()) {
      GracefulStop.during(this::ofCheckpoint, () -> stopped = true);
    } else {
      ReportLines lines = new ReportLines();
      print(lines.read(written.orElseThrow()), lines.read(known.orElseThrow()), "in both files");
    }
    return Radstream.DONE;
  }

  private void check() {
    if (rounds < 1) {
      throw usage("--rounds is at least 1");
    }
    boolean files = known.isPresent();
    if (tuples.isGiven() ? written.isPresent() : !files) {
      throw usage("name what to measure: WRITTEN and KNOWN, or --checkpoint and no file");
    }
    tuples.check();
  }

  private void ofCheckpoint() throws IOException {
    try {
      TupleReports.Outcome outcome =
          tuples.write(connectionOptions.connection(), device.choice(), () -> stopped);
      if (outcome.leftOut() > 0) {
        spec.commandLine()
            .getOut()
            .printf(
                Locale.ROOT,
                "%d studies are left out: no views that can be read, or no report by the"
                    + " checkpoint's tokenizer%n",
                outcome.leftOut());
      }
      print(outcome.written(), outcome.known(), "there that the checkpoint can be measured by");
    } catch (CancellationException e) {
      spec.commandLine().getErr().println("Stopped; nothing was measured.");
    }
  }

  private void print(Map<String, String> generated, Map<String, String> references, String where)
      throws IOException {
    ReportFigures figures =
        ReportFigures.of(generated, references, new Bootstrap(seed, rounds, LEVEL), uncertain)
            .orElseThrow(() -> new IOException("no study is " + where));
    figures.print(spec.commandLine().getOut());
    summary.print(figures);
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
