package io.radstream.cli.phi;

import io.radstream.cli.demo.DemoProgress;
import io.radstream.cli.demo.LiveTraining;
import io.radstream.cli.embedded.Workplace;
import io.radstream.deidentification.dicom.Dictionary;
import io.radstream.deidentification.text.SiteList;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.producers.dicom.PictureRule;
import io.radstream.producers.publish.PartStep;
import io.radstream.producers.publish.Pseudonymizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs the whole pipeline over planted studies, then looks at all that came of it. */
public final class PhiCheckRun {

  /** As many as a batch of the smallest preset needs, with some left for validation. */
  public static final int FEWEST_STUDIES = 40;

  /** What is under test: a site's own settings. */
  public record Rules(
      Pseudonymizer pseudonymizer,
      List<PartStep> steps,
      PictureRule pictures,
      List<SiteList.Entry> listed) {

    public Rules {
      steps = List.copyOf(steps);
      listed = List.copyOf(listed);
    }
  }

  /** Writes a report. */
  @FunctionalInterface
  public interface ReportWriting {

    /**
     * @param checkpoint that writes it
     * @param image that it is about
     * @param report the file to write
     */
    void write(Path checkpoint, Path image, Path report) throws IOException;
  }

  /**
   * @param canaries how many were planted
   * @param leaks what came out
   * @param studies what became of them
   * @param leftOfList lines of the site's list that could not be planted
   * @param unfinished why the pipeline did not come to its end; empty where it did
   */
  public record Outcome(
      int canaries,
      List<Leak> leaks,
      Fates studies,
      List<Integer> leftOfList,
      Optional<String> unfinished) {

    public Outcome {
      leaks = List.copyOf(leaks);
      leftOfList = List.copyOf(leftOfList);
    }

    /** Whether nothing came out, of studies that came through. */
    public boolean ok() {
      return leaks.isEmpty() && studies.asExpected() && unfinished.isEmpty();
    }

    /** With what came of files. */
    public Outcome with(FilesCheck.Outcome files) {
      return new Outcome(
          canaries + files.canaries(),
          Stream.concat(leaks.stream(), files.leaks().stream()).toList(),
          studies,
          leftOfList,
          unfinished);
    }
  }

  private final Rules rules;
  private final DemoProgress progress;
  private final PlantedPipeline pipeline;

  /**
   * @param program main class of the command
   * @param err where progress is told
   */
  public PhiCheckRun(
      Rules rules,
      DeviceChoice device,
      String program,
      PrintWriter err,
      LiveTraining display,
      Clock clock) {
    this.rules = rules;
    this.progress = new DemoProgress(err, clock);
    this.pipeline = new PlantedPipeline(rules, device, program, progress, display, clock);
  }

  /**
   * @param studies to learn from, at least {@link #FEWEST_STUDIES}
   */
  public Outcome run(long seed, int studies, ReportWriting writing)
      throws IOException, InterruptedException {
    try (Workplace hospital = Workplace.of(Optional.empty());
        Workplace workplace = Workplace.of(Optional.empty())) {
      PlantedSite site =
          PlantedSite.plant(
              seed, hospital.directory(), studies, Dictionary.attributes(), rules.listed());
      progress.tell("Planted %d canaries".formatted(site.planted()));
      PhiCheck check = new PhiCheck(site, PlantedPipeline.NAMES, rules.pseudonymizer());
      Path directory = workplace.directory();
      LogFile log = new LogFile(directory.resolve("log.txt"));
      PlantedPipeline.Ended ended;
      try {
        ended = pipeline.run(site, directory, check, writing);
      } finally {
        log.close();
      }
      progress.tell("Searching all that is left");
      check.files(directory);
      return new Outcome(
          site.planted(), check.leaks(), ended.studies(), site.leftOfList(), ended.unfinished());
    }
  }
}
