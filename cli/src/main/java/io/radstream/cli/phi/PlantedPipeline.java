package io.radstream.cli.phi;

import io.radstream.cli.demo.Demo;
import io.radstream.cli.demo.DemoProgress;
import io.radstream.cli.demo.DemoSettings;
import io.radstream.cli.demo.HeldOut;
import io.radstream.cli.demo.LiveTraining;
import io.radstream.cli.embedded.ClusterSettings;
import io.radstream.cli.embedded.Distribution;
import io.radstream.cli.embedded.EmbeddedCluster;
import io.radstream.cli.phi.PhiCheckRun.ReportWriting;
import io.radstream.cli.phi.PhiCheckRun.Rules;
import io.radstream.cli.traces.TraceExport;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.producers.dicom.RadiographReader;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.hl7.Hl7Source.Reading;
import io.radstream.producers.hl7.message.CharacterSets;
import io.radstream.producers.hl7.report.ReportRules;
import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.producers.publish.StudyNames;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.trace.Tracing;
import io.radstream.serving.access.AccessConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The whole pipeline over a planted site, on a cluster of its own: its source, the stage, a
 * trainer, the service and a report.
 *
 * @param rules the site's own settings
 * @param program main class of the command
 */
record PlantedPipeline(
    Rules rules,
    DeviceChoice device,
    String program,
    DemoProgress progress,
    LiveTraining display,
    Clock clock) {

  static final StudyNames NAMES = new StudyNames("");

  private static final long STEPS = 4;
  private static final int VOCABULARY = 600;
  private static final int HELD_OUT = 8;
  private static final String HOST = "127.0.0.1";

  /**
   * What is known when the cluster ends.
   *
   * @param unfinished why the pipeline did not come to its end; empty where it did
   */
  record Ended(Fates studies, Optional<String> unfinished) {}

  /** Works in the directory, and gives what comes out to the check. */
  Ended run(PlantedSite site, Path directory, PhiCheck check, ReportWriting writing)
      throws IOException, InterruptedException {
    ClusterSettings cluster = ClusterSettings.in(directory.resolve("cluster"));
    try (EmbeddedCluster embedded = EmbeddedCluster.start(cluster, Distribution.ofThisProcess());
        RadiographReader radiographs =
            new RadiographReader(NAMES, BodyParts.CHEST, rules.pictures());
        SpanFiles spans = SpanFiles.in(directory.resolve("spans"));
        TraceExport export = TraceExport.to(spans.address(), 1, "radstream-phi-check", clock)) {
      KafkaConnection connection = embedded.connection();
      PlantedSource source = source(site, radiographs);
      DemoSettings settings = settings(source, directory, freePort(), export.tracing());
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

  private DemoSettings settings(PlantedSource source, Path directory, int port, Tracing tracing) {
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
        port,
        AccessConfig.open(),
        tracing);
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
