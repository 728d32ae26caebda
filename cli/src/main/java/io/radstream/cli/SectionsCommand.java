package io.radstream.cli;

import io.radstream.producers.jsonl.JsonlReports;
import io.radstream.radiology.report.ReportSections;
import io.radstream.radiology.report.ReportSections.Section;
import io.radstream.streams.TopicReports;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code radstream sections}: what is kept of reports, and what is left out. */
@Command(
    name = "sections",
    description = {
      "Show what is learned of each report and what is left out, and count both.",
      "",
      "Reads a file, or the studies topic where no file is named. Each section is told behind + where"
          + " it is kept and behind - where it is left out. This prints the text of reports on"
          + " standard output: --summary prints the counts alone."
    },
    footer = {
      "",
      "Examples:",
      "  radstream sections --path studies.jsonl | less",
      "  radstream sections --path report.txt",
      "  radstream sections --summary --json --kafka-config client.properties"
    })
final class SectionsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private JsonSummary json;

  @Option(
      names = "--path",
      paramLabel = "FILE",
      description =
          "JSON Lines with a field \"text\", as publish reads them (.jsonl), or one report (any"
              + " other name).")
  private Optional<Path> path;

  @Option(names = "--summary", description = "Print the counts alone.")
  private boolean summaryOnly;

  @Override
  public Integer call() throws IOException {
    SectionTally tally = new SectionTally();
    long without = path.isPresent() ? readFile(path.get(), tally) : readTopic(tally);
    Map<String, Long> counts = new LinkedHashMap<>(tally.counts());
    counts.put("lines_without_text", without);
    PrintWriter out = spec.commandLine().getOut();
    counts.forEach((name, count) -> out.printf("%-20s%,12d%n", name.replace('_', ' '), count));
    out.flush();
    json.print(counts);
    return Radstream.DONE;
  }

  private long readFile(Path file, SectionTally tally) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString(), null, "not a file");
    }
    if (file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".jsonl")) {
      return new JsonlReports(file).forEach(report -> tell(report, tally));
    }
    tell(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), tally);
    return 0;
  }

  private long readTopic(SectionTally tally) throws IOException {
    try (TopicReports topic = TopicReports.open(connectionOptions.connection())) {
      topic.forEach(report -> tell(report, tally), (done, total) -> {});
    }
    return 0;
  }

  private void tell(String report, SectionTally tally) {
    ReportSections sections = ReportSections.of(report);
    tally.add(sections);
    if (summaryOnly) {
      return;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf("report %s: %s%n", tally.counts().get("reports"), sections.kinds());
    sections.sections().forEach(section -> tell(section, out));
  }

  private static void tell(Section section, PrintWriter out) {
    String sign = section.isKept() ? "+ " : "- ";
    if (!section.name().isEmpty()) {
      out.println(sign + "[" + section.name() + "]");
    }
    section.text().lines().forEach(line -> out.println(sign + "  " + line.strip()));
  }
}
