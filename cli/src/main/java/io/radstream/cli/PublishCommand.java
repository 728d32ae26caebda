package io.radstream.cli;

import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.producers.phantom.PhantomSite;
import io.radstream.producers.phantom.SyntheticSource;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.PublishSummary;
import io.radstream.producers.publish.PublishSummary.Refusal;
import io.radstream.producers.publish.StudyPublisher;
import io.radstream.producers.publish.StudySource;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.TopicSetup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream publish}: studies of a source to the studies topic. */
@Command(
    name = "publish",
    description =
        "Publish studies to the studies topic. Publishing a source twice trains on nothing twice.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream publish --source synthetic --studies 2000 --seed 7 \\",
      "      --bootstrap localhost:9092 --registry http://localhost:8081",
      "  radstream publish --source jsonl --path studies.jsonl \\",
      "      --pseudonym-key-file site.key --kafka-config client.properties",
      "",
      "The jsonl format is described in docs/data-formats.md. Exit code 1 where nothing",
      "could be sent or the cluster failed."
    })
final class PublishCommand implements Callable<Integer> {

  private static final String KEY_VARIABLE = "RADSTREAM_PSEUDONYM_KEY";

  /** Of topics that do not exist yet; {@code topics create} can choose. */
  private static final int PARTITIONS = 4;

  private static final int SMALLEST_VIEW = ImageDecoder.Limits.DEFAULT.minSide();

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;
  @Mixin private JsonSummary json;
  @Mixin private JsonlFile jsonl;

  @Option(
      names = "--source",
      required = true,
      paramLabel = "SOURCE",
      description = "Where the studies come from: ${COMPLETION-CANDIDATES}.")
  private SourceKind kind;

  @Option(
      names = "--studies",
      defaultValue = "1000",
      paramLabel = "N",
      description = "How many studies --source synthetic draws (default: ${DEFAULT-VALUE}).")
  private long studies;

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "Seed of --source synthetic (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--max-views",
      defaultValue = "4",
      paramLabel = "N",
      description = "Most views of a synthetic study, 1 to 4 (default: ${DEFAULT-VALUE}).")
  private int maxViews;

  @Option(
      names = "--site",
      defaultValue = "NORTH",
      paramLabel = "SITE",
      description =
          "Hospital of --source synthetic: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private PhantomSite site;

  @Option(
      names = "--view-size",
      defaultValue = "512",
      paramLabel = "PIXELS",
      description = "Longest side of published views (default: ${DEFAULT-VALUE}).")
  private int viewSize;

  @Option(
      names = "--no-labels",
      description = "Do not send the findings that the source knows of to the labels topic.")
  private boolean noLabels;

  @Option(
      names = "--pseudonym-key-file",
      paramLabel = "FILE",
      description = {
        "Holds the secret key that turns identifiers into pseudonyms, as text of at least 16 bytes",
        "(or " + KEY_VARIABLE + " in the environment). Without it a public demo key is used."
      })
  private Optional<Path> keyFile;

  @Override
  public Integer call() throws IOException, InterruptedException {
    KafkaConnection cluster = connection.connection();
    StudySource source = noLabels ? source().withoutLabels() : source();
    Pseudonymizer pseudonymizer = pseudonymizer();
    // A topic that the broker made up at the first record would refuse large studies.
    new TopicSetup(cluster).create(PARTITIONS);
    PublishSummary summary = publish(cluster, source, pseudonymizer);
    explain(summary);
    json.print(summary);
    return summary.sent() > 0
            && summary.failed() + summary.labelsFailed() == 0
            && summary.complete()
        ? Radstream.DONE
        : Radstream.FAILED;
  }

  private PublishSummary publish(
      KafkaConnection cluster, StudySource source, Pseudonymizer pseudonymizer) {
    try (StudyPublisher publisher =
            StudyPublisher.open(cluster, pseudonymizer, viewSize, InstantSource.system());
        ProgressBar bar = progressBar(source)) {
      return publisher.publish(source, bar::stepTo);
    }
  }

  private static ProgressBar progressBar(StudySource source) {
    return new ProgressBarBuilder()
        .setTaskName("Publishing")
        .setUnit(" studies", 1)
        .setInitialMax(source.sizeEstimate().orElse(-1))
        .showSpeed()
        .build();
  }

  private StudySource source() throws IOException {
    if (viewSize < SMALLEST_VIEW) {
      throw usage("--view-size: at least " + SMALLEST_VIEW + " pixels are needed");
    }
    if (kind == SourceKind.JSONL) {
      return jsonl.source();
    }
    try {
      PhantomGenerator generator =
          new PhantomGenerator(Math.min(viewSize, PhantomGenerator.DEFAULT_SIZE), maxViews, site);
      return new SyntheticSource(generator, seed, 0, studies);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private Pseudonymizer pseudonymizer() {
    try {
      if (keyFile.isPresent()) {
        return Pseudonymizer.withKeyFile(keyFile.get());
      }
      String variable = System.getenv(KEY_VARIABLE);
      if (variable != null) {
        return Pseudonymizer.withKey(variable);
      }
    } catch (IOException e) {
      throw usage("--pseudonym-key-file: cannot read " + keyFile.orElseThrow());
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
    if (kind != SourceKind.SYNTHETIC) {
      err()
          .println(
              "Warning: pseudonyms are made with the public demo key. For patients' data, name a"
                  + " secret one with --pseudonym-key-file.");
    }
    return Pseudonymizer.demo();
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
      err.println("The cluster failed: the rest of the source was not read. Publish it again.");
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
