package io.radstream.cli;

import io.radstream.cli.publish.RefusedList;
import io.radstream.cli.publish.RunningCounts;
import io.radstream.cli.traces.TraceExport;
import io.radstream.deidentification.pixels.PictureGuard.Look;
import io.radstream.objects.ObjectStore;
import io.radstream.producers.dicom.PictureRule;
import io.radstream.producers.publish.ListeningSource;
import io.radstream.producers.publish.Originals;
import io.radstream.producers.publish.PartStep;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.PublishSummary;
import io.radstream.producers.publish.PublishSummary.Refusal;
import io.radstream.producers.publish.ReadSource;
import io.radstream.producers.publish.StudyPart;
import io.radstream.producers.publish.StudyPublisher;
import io.radstream.producers.publish.StudyPublisher.Manner;
import io.radstream.producers.publish.StudySource;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.TopicSetup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: publishing, whatever the source. */
final class PublishRun {

  /** Of topics that do not exist yet; {@code topics create} can choose. */
  private static final int PARTITIONS = 4;

  /** For the cluster once the process is to end: senders are told that what is left has failed. */
  private static final Duration LAST_WAIT = Duration.ofSeconds(8);

  private static final int SMALLEST_VIEW = ImageDecoder.Limits.DEFAULT.minSide();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private ConnectionOptions connection;
  @Mixin private JsonSummary json;
  @Mixin private PseudonymKey key;
  @Mixin private DeidentifyOptions deidentify;
  @Mixin private TraceOptions traces;
  @Mixin private CrosswalkOption crosswalk;

  @Option(
      names = "--view-size",
      defaultValue = "512",
      paramLabel = "PIXELS",
      description = "Longest side of published views (default: ${DEFAULT-VALUE}).")
  private int viewSize = StudyPublisher.DEFAULT_VIEW_SIZE;

  @Option(
      names = "--originals",
      paramLabel = "ADDRESS",
      description =
          "Put each picture that is made smaller, de-identified and at full resolution, into this"
              + " store, s3://BUCKET/PREFIX, and have its record refer to it. (default: it is put"
              + " nowhere)")
  private Optional<ObjectStore> originals = Optional.empty();

  @Option(
      names = "--no-labels",
      description = "Do not send the findings that the source knows of to the labels topic.")
  private boolean noLabels;

  @Option(
      names = "--refused-list",
      paramLabel = "FILE",
      description =
          "Add a line of JSON to this file for each item that is refused: when, why, where it is"
              + " (path, line, control id or UID), and who sent it. It never holds a report's text,"
              + " but may identify patients, as by names of files: it stays at the site."
              + " (default: no list).")
  private Optional<Path> refusedList;

  private boolean hospital;

  /**
   * For a source that is a hospital's own system: its studies are de-identified unless told not to
   * be, and it runs with a secret key, unless told that they are of no patients.
   */
  PublishRun ofHospital() {
    hospital = true;
    return this;
  }

  /** By which pictures of DICOM are judged. */
  PictureRule pictureRule() {
    return deidentify.pictureRule(hospital);
  }

  /** Longest side of published views, in pixels. */
  int viewSize() {
    if (viewSize < SMALLEST_VIEW) {
      throw usage("--view-size: at least " + SMALLEST_VIEW + " pixels are needed");
    }
    return viewSize;
  }

  /**
   * The site's pseudonyms, the same ones that studies are published under.
   *
   * @param ofPatients whether a key that everybody knows is to be warned of
   * @throws ParameterException where a hospital's own system has no key
   */
  Pseudonymizer pseudonymizer(boolean ofPatients) {
    return hospital ? key.ofHospital() : key.pseudonymizer(ofPatients);
  }

  /**
   * Publishes a source that can be published again; nothing is remembered.
   *
   * @param ofPatients whether a key that everybody knows is to be warned of
   * @return the command's exit code
   */
  int publish(StudySource source, boolean ofPatients) throws IOException, InterruptedException {
    Pseudonymizer pseudonymizer = pseudonymizer(ofPatients);
    try (CrosswalkOption.Open noted = crosswalk.open(pseudonymizer);
        TraceExport export = traces();
        StudyPublisher publisher =
            StudyPublisher.open(
                cluster(), manner(pseudonymizer, noted, export), InstantSource.system())) {
      PublishSummary summary = watched(publisher, source);
      int code = ended(summary);
      return summary.sent() > 0 ? code : Radstream.FAILED;
    }
  }

  /**
   * Publishes what of a source was not published under this name before.
   *
   * @param pseudonymizer as the source has it
   * @return the command's exit code
   */
  int publishAs(String name, StudySource source, Pseudonymizer pseudonymizer)
      throws IOException, InterruptedException {
    try (CrosswalkOption.Open noted = crosswalk.open(pseudonymizer);
        TraceExport export = traces();
        StudyPublisher publisher =
            StudyPublisher.named(
                name, cluster(), manner(pseudonymizer, noted, export), InstantSource.system())) {
      return ended(watched(publisher, source));
    }
  }

  /**
   * Publishes what comes until the process is asked to stop.
   *
   * @param pseudonymizer as the source has it
   * @return the command's exit code
   */
  int listenAs(String name, ListeningSource source, Pseudonymizer pseudonymizer)
      throws IOException, InterruptedException {
    try (CrosswalkOption.Open noted = crosswalk.open(pseudonymizer);
        TraceExport export = traces()) {
      return listenAs(name, source, manner(pseudonymizer, noted, export), export);
    }
  }

  private int listenAs(String name, ListeningSource source, Manner manner, TraceExport export)
      throws IOException, InterruptedException {
    AtomicInteger code = new AtomicInteger(Radstream.FAILED);
    // Until it is there nothing was taken from anybody, and the process may end as it likes.
    StudyPublisher publisher =
        StudyPublisher.named(name, cluster(), manner, InstantSource.system());
    GracefulStop.during(
        () -> {
          // The summary is part of what must not be cut off.
          try (publisher) {
            code.set(ended(watched(publisher, source)));
          }
          export.finish();
        },
        () -> {
          source.close();
          publisher.endWithin(LAST_WAIT);
        });
    return code.get();
  }

  private Manner manner(
      Pseudonymizer pseudonymizer, CrosswalkOption.Open noted, TraceExport export) {
    List<PartStep> steps = steps(pseudonymizer);
    // What another step refuses is not noted.
    steps.addAll(noted.steps());
    return new Manner(
        pseudonymizer, viewSize(), steps, originals.map(Originals::new), export.tracing());
  }

  private TraceExport traces() {
    return traces.open("publish");
  }

  private KafkaConnection cluster() throws IOException, InterruptedException {
    KafkaConnection cluster = connection.connection();
    // A topic that the broker made up at the first record would refuse large studies.
    List<String> created = new TopicSetup(cluster).create(PARTITIONS);
    if (!created.isEmpty()) {
      err()
          .printf(
              "Made %d topics that were missing, of %d partitions each (first: %s).%n",
              created.size(), PARTITIONS, created.get(0));
      err().flush();
    }
    return cluster;
  }

  private PublishSummary watched(StudyPublisher publisher, StudySource source) throws IOException {
    InstantSource clock = InstantSource.system();
    Optional<RefusedList> list = Optional.empty();
    if (refusedList.isPresent()) {
      list = Optional.of(RefusedList.open(refusedList.get(), clock));
    }
    try (RunningCounts counts = new RunningCounts(source.name(), list, clock)) {
      if (!TerminalBar.isShown()) {
        return publisher.publish(source, counts.logging());
      }
      try (ProgressBar bar = progressBar(source)) {
        return publisher.publish(source, counts.showing(on(bar)));
      }
    }
  }

  private static RunningCounts.Display on(ProgressBar bar) {
    return new RunningCounts.Display() {
      @Override
      public void advanced(long items) {
        bar.stepTo(items);
      }

      @Override
      public void counts(String text) {
        bar.setExtraMessage(" " + text);
      }
    };
  }

  private int ended(PublishSummary summary) {
    explain(summary);
    json.print(summary);
    boolean all = summary.failed() + summary.labelsFailed() == 0 && summary.complete();
    return all ? Radstream.DONE : Radstream.FAILED;
  }

  private List<PartStep> steps(Pseudonymizer pseudonymizer) {
    List<PartStep> steps = new ArrayList<>(deidentify.steps(hospital, pseudonymizer, look()));
    if (noLabels) {
      steps.add(StudyPart::withoutLabels);
    }
    return steps;
  }

  private Look look() {
    return originals.isPresent() ? Look.FOR_WHOLE_PICTURES : Look.FOR_SMALL_VIEWS;
  }

  private static ProgressBar progressBar(StudySource source) {
    long size = source instanceof ReadSource read ? read.sizeEstimate().orElse(-1) : -1;
    return TerminalBar.of("Publishing", " studies").setInitialMax(size).showSpeed().build();
  }

  private void explain(PublishSummary summary) {
    PrintWriter err = err();
    err.printf(
        "Sent %d studies (%.1f MB) in %.1f s; refused %d; failed %d.%n",
        summary.sent(),
        summary.bytes() / 1e6,
        summary.seconds(),
        summary.refusedTotal(),
        summary.failed());
    if (summary.labelled() + summary.labelsFailed() > 0) {
      err.printf(
          "Sent labels of %d studies; failed %d.%n", summary.labelled(), summary.labelsFailed());
    }
    summary.refused().forEach((reason, count) -> err.printf("  refused %s: %d%n", reason, count));
    for (Refusal refusal : summary.refusals()) {
      err.printf("  item %d: %s%n", refusal.number(), refusal.explanation());
    }
    if (summary.refusedTotal() > summary.refusals().size()) {
      err.printf("  and %d more%n", summary.refusedTotal() - summary.refusals().size());
    }
    summary.failures().forEach(failure -> err.printf("  delivery failed: %s%n", failure));
    if (!summary.complete()) {
      err.println(
          "The cluster or a store failed: the rest of the source was not read. Publish it again.");
    }
    err.flush();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
