package io.radstream.cli;

import io.radstream.cli.phi.Fates;
import io.radstream.cli.phi.FilesCheck;
import io.radstream.cli.phi.Leak;
import io.radstream.cli.phi.PhiCheckRun;
import io.radstream.cli.phi.PhiCheckRun.Rules;
import io.radstream.deidentification.pixels.PictureGuard;
import io.radstream.producers.publish.Pseudonymizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream phi-check}: whether anything of a patient comes out. */
@Command(
    name = "phi-check",
    description = {
      "The tripwire: whether anything of a patient comes out at the other end.",
      "",
      "Makes studies whose names, numbers and days are canaries, one in every attribute of DICOM,"
          + " every field of an HL7 report, in file names and in the corners of pictures. Publishes"
          + " them as a hospital does, with your key, scrub list and settings, on a broker of its"
          + " own; learns from them, serves, writes a report; then searches every topic, state,"
          + " checkpoint, log and page for each canary. Files made of canaries are de-identified as"
          + " by deidentify dicom, and searched, too. Exits with 1 where one came out, and where not"
          + " all studies to learn from came through."
    },
    footer = {
      "",
      "Examples:",
      "  radstream phi-check",
      "  radstream phi-check --pseudonym-key-file site.key \\",
      "      --scrub-list names.txt --burned-in blank --json"
    })
final class PhiCheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private PseudonymKey key;
  @Mixin private DeidentifyOptions deidentify;
  @Mixin private DeviceOption device;
  @Mixin private JsonSummary json;

  @Option(
      names = "--studies",
      paramLabel = "N",
      defaultValue = "48",
      description = "Studies to learn from, at least 40 (default: ${DEFAULT-VALUE}).")
  private int studies;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the canaries (default: ${DEFAULT-VALUE}).")
  private long seed;

  /**
   * @param scrubListLinesLeft lines of the scrub list that could not be planted
   * @param unfinished why the pipeline did not come to its end; null where it did
   */
  private record Summary(
      boolean ok,
      int canaries,
      List<Leak> leaks,
      Fates studies,
      List<Integer> scrubListLinesLeft,
      String unfinished) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (studies < PhiCheckRun.FEWEST_STUDIES) {
      throw new ParameterException(
          spec.commandLine(),
          "--studies: at least %d are needed to learn from".formatted(PhiCheckRun.FEWEST_STUDIES));
    }
    Pseudonymizer pseudonymizer = key.pseudonymizer(false);
    Rules rules =
        new Rules(
            pseudonymizer,
            deidentify.steps(true, pseudonymizer, PictureGuard.Look.FOR_SMALL_VIEWS),
            deidentify.pictureRule(true),
            deidentify.listed(true));
    PhiCheckRun run =
        new PhiCheckRun(
            rules,
            device.choice(),
            Radstream.class.getName(),
            spec.commandLine().getErr(),
            new TrainingProgress(spec.commandLine().getErr()),
            Clock.systemUTC());
    FilesCheck.Outcome files = new FilesCheck(deidentify.fileRules(pseudonymizer)).run(seed);
    PhiCheckRun.Outcome outcome = run.run(seed, studies, PhiCheckCommand::writeReport).with(files);
    tell(outcome);
    json.print(
        new Summary(
            outcome.ok(),
            outcome.canaries(),
            outcome.leaks(),
            outcome.studies(),
            outcome.leftOfList(),
            outcome.unfinished().orElse(null)));
    return outcome.ok() ? Radstream.DONE : Radstream.FAILED;
  }

  /** With the command that people use; what it prints goes into a file. */
  private static void writeReport(Path checkpoint, Path image, Path report) throws IOException {
    try (PrintWriter out =
        new PrintWriter(Files.newBufferedWriter(report, StandardCharsets.UTF_8))) {
      int code =
          new CommandLine(new ReportCommand())
              .setOut(out)
              .setErr(out)
              .execute("--checkpoint", checkpoint.toString(), image.toString());
      if (code != Radstream.DONE) {
        throw new IOException("no report could be written with the checkpoint");
      }
    }
  }

  private void tell(PhiCheckRun.Outcome outcome) {
    PrintWriter out = spec.commandLine().getOut();
    outcome
        .leaks()
        .forEach(
            leak -> out.printf("LEAK  %s, %s: in %s%n", leak.place(), leak.source(), leak.found()));
    if (!outcome.leftOfList().isEmpty()) {
      out.printf(
          "Not planted of the scrub list: lines %s (too short, or no text could be made for them)%n",
          outcome.leftOfList());
    }
    out.print(outcome.studies().told());
    outcome.unfinished().ifPresent(why -> out.printf("The pipeline did not finish: %s%n", why));
    out.println(verdict(outcome));
    out.flush();
  }

  private static String verdict(PhiCheckRun.Outcome outcome) {
    if (!outcome.leaks().isEmpty()) {
      return "%d canaries were planted; some came out".formatted(outcome.canaries());
    }
    return outcome.ok()
        ? "ok: none of %d canaries came out".formatted(outcome.canaries())
        : "NOT ok: none of %d canaries came out, but not all studies came through, so that little was tried"
            .formatted(outcome.canaries());
  }
}
