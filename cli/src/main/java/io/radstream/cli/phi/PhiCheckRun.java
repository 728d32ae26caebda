package io.radstream.cli.phi;

import io.radstream.cli.demo.Demo;
import io.radstream.cli.demo.DemoProgress;
import io.radstream.cli.demo.DemoSettings;
import io.radstream.cli.demo.HeldOut;
import io.radstream.cli.demo.LiveTraining;
import io.radstream.cli.embedded.ClusterSettings;
import io.radstream.cli.embedded.Distribution;
import io.radstream.cli.embedded.EmbeddedCluster;
import io.radstream.cli.embedded.Workplace;
import io.radstream.deidentification.dicom.Dictionary;
import io.radstream.deidentification.text.SiteList;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.producers.dicom.PictureRule;
import io.radstream.producers.dicom.RadiographReader;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.hl7.Hl7Source.Reading;
import io.radstream.producers.hl7.message.CharacterSets;
import io.radstream.producers.hl7.report.ReportRules;
import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.producers.publish.PartStep;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyNames;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.schemas.KafkaConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs the whole pipeline over planted studies, then looks at all that came of it. */
public final class PhiCheckRun {

  /** As many as a batch of the smallest preset needs, with some left for validation. */
  public static final int FEWEST_STUDIES = 40;

  private static final long STEPS = 4;
  private static final int VOCABULARY = 600;
  private static final int HELD_OUT = 8;
  private static final String HOST = "127.0.0.1";
  private static final StudyNames NAMES = new StudyNames("");

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

  /** What is known when the cluster ends. */
  private record Ended(Fates studies, Optional<String> unfinished) {}

  private final Rules rules;
  private final DeviceChoice device;
  private final String program;
  private final DemoProgress progress;
  private final LiveTraining display;
  private final Clock clock;

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
    this.device = device;
    this.program = program;
    this.progress = new DemoProgress(err, clock);
    this.display = display;
    this.clock = clock;
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
      PhiCheck check = new PhiCheck(site, NAMES, rules.pseudonymizer());
      Path directory = workplace.directory();
      LogFile log = new LogFile(directory.resolve("log.txt"));
      Ended ended;
      try {
        ended = pipeline(site, directory, check, writing);
      } finally {
        log.close();
      }
      progress.tell("Searching all that is left");
      check.files(directory);
      return new Outcome(
          site.planted(), check.leaks(), ended.studies(), site.leftOfList(), ended.unfinished());
    }
  }

  private Ended pipeline(PlantedSite site, Path directory, PhiCheck check, ReportWriting writing)
      throws IOException, InterruptedException {
    ClusterSettings cluster = ClusterSettings.in(directory.resolve("cluster"));
    try (EmbeddedCluster embedded = EmbeddedCluster.start(cluster, Distribution.ofThisProcess());
        RadiographReader radiographs =
            new RadiographReader(NAMES, BodyParts.CHEST, rules.pictures())) {
      KafkaConnection connection = embedded.connection();
      PlantedSource source = source(site, radiographs);
      DemoSettings settings = settings(source, directory, freePort());
      Demo demo = new Demo(connection, embedded::requireAlive, settings, progress, display, clock);
      Optional<String> unfinished = Optional.empty();
      try {
        demo.run(false, summary -> ask(settings, check));
        writeReport(directory, writing);
      } catch (IOException | RuntimeException e) {
        // What has come out until then is still to be told, and what became of the studies says
        // why.
        unfinished = Optional.of(Objects.toString(e.getMessage(), e.getClass().getSimpleName()));
      }
      progress.tell("Searching all topics");
      check.topics(connection);
      return new Ended(check.fates(source.refused()), unfinished);
    }
  }

  private PlantedSource source(PlantedSite site, RadiographReader radiographs) {
    Reading reports =
        new Reading(
            new CharacterSets(Optional.empty()), ReportRules.USUAL, NAMES, rules.pseudonymizer());
    return new PlantedSource(site, radiographs, reports, clock);
  }

  private DemoSettings settings(PlantedSource source, Path directory, int port) {
    return new DemoSettings(
        source,
        rules.pseudonymizer(),
        rules.steps(),
        new HeldOut(new PhantomGenerator(), 1, 0, HELD_OUT),
        false,
        VOCABULARY,
        STEPS,
        false,
        device,
        directory,
        program,
        HOST,
        port);
  }

  /** While the service is up. */
  private static void ask(DemoSettings settings, PhiCheck check) {
    try {
      check.pages(URI.create("http://%s:%d/".formatted(settings.host(), settings.port())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void writeReport(Path directory, ReportWriting writing) throws IOException {
    Path image = directory.resolve("view.png");
    Files.write(image, ImageEncoder.png(new PhantomGenerator().study(1, 0).views().get(0).image()));
    try (Stream<Path> files = Files.walk(directory.resolve("checkpoints"))) {
      Path checkpoint =
          files
              .filter(file -> file.endsWith("model.safetensors"))
              .map(Path::getParent)
              .max(Path::compareTo)
              .orElseThrow(() -> new IOException("the check has no checkpoint"));
      writing.write(checkpoint, image, directory.resolve("report.txt"));
    }
  }

  /** Told to the service, so that its pages can be asked for. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
