package io.radstream.cli.experiment;

import io.radstream.experiments.plan.Experiment;
import io.radstream.experiments.plan.Experiment.NamedSource;
import io.radstream.experiments.plan.Source.Phantoms;
import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.producers.phantom.PhantomSite;
import io.radstream.producers.phantom.SyntheticSource;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyPublisher;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.TopicSetup;
import io.radstream.streams.StageConfig;
import io.radstream.streams.StreamStage;
import io.radstream.streams.TokenizerTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Publishes and stages the phantoms of an experiment, each source once: a file in {@code sources/}
 * says that it is done, and with which settings.
 */
final class PhantomSources {

  private static final int PARTITIONS = 2;
  private static final int MOST_VIEWS = 4;
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Experiment experiment;
  private final Grounds grounds;
  private final BooleanSupplier stopRequested;
  private final Consumer<String> tell;

  PhantomSources(
      Experiment experiment,
      Grounds grounds,
      BooleanSupplier stopRequested,
      Consumer<String> tell) {
    this.experiment = experiment;
    this.grounds = grounds;
    this.stopRequested = stopRequested;
    this.tell = tell;
  }

  /**
   * @return whether its tuples are there; false where it was asked to stop
   */
  boolean prepare(String name, Phantoms phantoms) throws IOException, InterruptedException {
    if (isDone(name, "staged", phantoms)) {
      return true;
    }
    publish(name, phantoms);
    Path file = tokenizer();
    try (ReportTokenizers tokenizers =
        ReportTokenizers.load(file, experiment.encoderTokenizer().map(Path::of))) {
      return stage(name, phantoms, tokenizers);
    }
  }

  /** The one of the file, or else of the reports of its first phantoms; made where it is not. */
  Path tokenizer() throws IOException, InterruptedException {
    if (experiment.tokenizer().isPresent()) {
      return Path.of(experiment.tokenizer().get());
    }
    Path file = tokenizerFile(grounds.directory());
    if (Files.notExists(file)) {
      NamedSource first =
          experiment.sources().stream()
              .filter(source -> source.source() instanceof Phantoms)
              .findFirst()
              .orElseThrow();
      publish(first.name(), (Phantoms) first.source());
      tell.accept("Tokenizer from the reports of " + first.name());
      Files.createDirectories(grounds.directory());
      Files.write(
          file, TokenizerTraining.fromTopic(grounds.to(first.source()), experiment.vocabulary()));
    }
    return file;
  }

  static Path tokenizerFile(Path directory) {
    return directory.resolve("tokenizer.json");
  }

  private void publish(String name, Phantoms phantoms) throws IOException, InterruptedException {
    if (isDone(name, "published", phantoms)) {
      return;
    }
    tell.accept("Publishing %d phantoms of source %s".formatted(phantoms.studies(), name));
    KafkaConnection connection = grounds.to(phantoms);
    new TopicSetup(connection).create(PARTITIONS);
    int side = Math.min(phantoms.viewSize(), PhantomGenerator.DEFAULT_SIZE);
    try (StudyPublisher publisher =
        StudyPublisher.open(
            connection,
            new StudyPublisher.Manner(Pseudonymizer.demo(), phantoms.viewSize(), List.of()),
            grounds.clock())) {
      publisher.publish(
          new SyntheticSource(
              new PhantomGenerator(side, MOST_VIEWS, PhantomSite.NORTH),
              phantoms.seed(),
              phantoms.first(),
              phantoms.studies()),
          sent -> {});
    }
    writeDone(name, "published", phantoms);
  }

  private boolean stage(String name, Phantoms phantoms, ReportTokenizers tokenizers)
      throws IOException, InterruptedException {
    StageConfig config =
        StageConfig.of(tokenizers)
            .withSettle(Duration.ZERO)
            .withDeadline(DEADLINE)
            .withValidationShare(phantoms.validation())
            .withTestShare(phantoms.test());
    Path state = grounds.directory().resolve("streams").resolve(name);
    try (StreamStage stage = StreamStage.start(grounds.to(phantoms), config, state)) {
      while (stage.lag() > 0) {
        if (stopRequested.getAsBoolean()) {
          return false;
        }
        grounds.cluster().requireAlive();
        stage.requireAlive();
        Thread.sleep(LOOK.toMillis());
      }
      tell.accept("Stage of %s: %d tuples".formatted(name, stage.status().tuples()));
    }
    writeDone(name, "staged", phantoms);
    return true;
  }

  private boolean isDone(String name, String what, Phantoms phantoms) throws IOException {
    Path file = file(name, what);
    if (Files.notExists(file)) {
      return false;
    }
    if (!Files.readString(file).equals(said(phantoms))) {
      throw new IOException(
          "source %s has phantoms of other settings on the topics %s already; give it another name or prefix"
              .formatted(name, grounds.to(phantoms).topics().prefix()));
    }
    return true;
  }

  private void writeDone(String name, String what, Phantoms phantoms) throws IOException {
    Path file = file(name, what);
    Files.createDirectories(file.getParent());
    Files.writeString(file, said(phantoms));
  }

  /** With the cluster's name for it: a directory may be used with another cluster. */
  private String said(Phantoms phantoms) {
    return grounds.connection().topics().prefix() + phantoms + "\n";
  }

  private Path file(String name, String what) {
    return grounds.directory().resolve("sources").resolve(name + "." + what);
  }

  Optional<Path> encoderTokenizer() {
    return experiment.encoderTokenizer().map(Path::of);
  }
}
