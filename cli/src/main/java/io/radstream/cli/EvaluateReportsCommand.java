package io.radstream.cli;

import io.radstream.cli.reports.ReportFigures;
import io.radstream.cli.reports.ReportLines;
import io.radstream.evaluation.Bootstrap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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
      "Both files are JSON Lines, {\"studyId\": \"...\", \"report\": \"...\"} a study. BLEU is of the"
          + " whole corpus, without smoothing; ROUGE-L is the mean over studies. Tokens are words"
          + " and numbers in lower case. Intervals are drawn by study. Likeness of words is not"
          + " truth: a report that denies what is there may score well."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream evaluate reports written.jsonl known.jsonl",
      "  radstream evaluate reports written.jsonl known.jsonl --rounds 200 --json"
    })
final class EvaluateReportsCommand implements Callable<Integer> {

  private static final double LEVEL = 0.95;

  @Spec private CommandSpec spec;
  @Mixin private JsonSummary summary;

  @Parameters(index = "0", paramLabel = "WRITTEN", description = "The reports that are measured.")
  private Path written;

  @Parameters(index = "1", paramLabel = "KNOWN", description = "Those that they are measured by.")
  private Path known;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How often studies are drawn for the intervals (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of these draws (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws IOException {
    if (rounds < 1) {
      throw new ParameterException(spec.commandLine(), "--rounds is at least 1");
    }
    ReportLines lines = new ReportLines();
    ReportFigures figures =
        ReportFigures.of(lines.read(written), lines.read(known), new Bootstrap(seed, rounds, LEVEL))
            .orElseThrow(() -> new IOException("no study is in both files"));
    figures.print(spec.commandLine().getOut());
    summary.print(figures);
    return Radstream.DONE;
  }
}
