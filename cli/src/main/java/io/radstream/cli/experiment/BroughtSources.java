package io.radstream.cli.experiment;

import io.radstream.experiments.plan.Experiment;
import io.radstream.experiments.plan.Experiment.NamedSource;
import io.radstream.experiments.plan.Source.Brought;
import io.radstream.experiments.plan.Source.JsonLines;
import io.radstream.experiments.plan.Source.Phantoms;
import io.radstream.producers.jsonl.JsonlSource;
import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.producers.phantom.PhantomSite;
import io.radstream.producers.phantom.SyntheticSource;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.PublishSummary;
import io.radstream.producers.publish.ReadSource;
import io.radstream.producers.publish.StudyPublisher;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.TopicSetup;
import io.radstream.streams.TokenizerTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Publishes and stages what an experiment brings: phantoms and files, each source once. A file in
 * {@code sources/} says that it is done, and with which settings.
 */
final class BroughtSources {

  private static final int PARTITIONS = 2;
  private static final int MOST_VIEWS = 4;

  private final Experiment experiment;
  private final Grounds grounds;
  private final BooleanSupplier stopRequested;
  private final Consumer<String> tell;
  private final MadeTokenizer words;
  private final SourceMarks marks;

  BroughtSources(
      Experiment experiment,
      Grounds grounds,
      BooleanSupplier stopRequested,
      Consumer<String> tell) {
    this.experiment = experiment;
    this.grounds = grounds;
    this.stopRequested = stopRequested;
    this.tell = tell;
    this.words = new MadeTokenizer(grounds.directory(), experiment.vocabulary());
    this.marks = new SourceMarks(grounds);
  }

  /**
   * @return whether its tuples are there; false where it was asked to stop
   */
  boolean prepare(String name, Brought source) throws IOException, InterruptedException {
    words.requireSame();
    if (marks.isDone(name, "staged", source)) {
      marks.requirePublished(name, source);
      return true;
    }
    publish(name, source);
    Path file = tokenizer();
    try (ReportTokenizers tokenizers =
        ReportTokenizers.load(file, experiment.encoderTokenizer().map(Path::of))) {
      return stage(name, source, tokenizers);
    }
  }

  /** The one of the file, or else of the reports of its first source; made where it is not. */
  Path tokenizer() throws IOException, InterruptedException {
    if (experiment.tokenizer().isPresent()) {
      return Path.of(experiment.tokenizer().get());
    }
    Path file = words.file();
    if (Files.notExists(file)) {
      NamedSource first =
          experiment.sources().stream()
              .filter(source -> source.source() instanceof Brought)
              .findFirst()
              .orElseThrow();
      publish(first.name(), (Brought) first.source());
      tell.accept("Tokenizer from the reports of " + first.name());
      words.write(TokenizerTraining.fromTopic(grounds.to(first.source()), experiment.vocabulary()));
    }
    return file;
  }

  MadeTokenizer made() {
    return words;
  }

  private void publish(String name, Brought source) throws IOException, InterruptedException {
    if (marks.isDone(name, "published", source)) {
      marks.requirePublished(name, source);
      return;
    }
    tell.accept("Publishing source " + name);
    KafkaConnection connection = grounds.to(source);
    new TopicSetup(connection).create(PARTITIONS);
    marks.begin(name, source);
    try (StudyPublisher publisher =
        StudyPublisher.open(
            connection,
            new StudyPublisher.Manner(pseudonymizer(source), source.viewSize(), List.of()),
            grounds.clock())) {
      requireWhole(name, publisher.publish(studies(source), sent -> {}));
    }
    marks.write(name, "published", source);
  }

  private Pseudonymizer pseudonymizer(Brought source) {
    return source instanceof Phantoms ? Pseudonymizer.demo() : grounds.pseudonymizer().get();
  }

  private static ReadSource studies(Brought source) throws IOException {
    if (source instanceof JsonLines lines) {
      return new JsonlSource(Path.of(lines.path()));
    }
    Phantoms phantoms = (Phantoms) source;
    int side = Math.min(phantoms.viewSize(), PhantomGenerator.DEFAULT_SIZE);
    return new SyntheticSource(
        new PhantomGenerator(side, MOST_VIEWS, PhantomSite.NORTH),
        phantoms.seed(),
        phantoms.first(),
        phantoms.studies());
  }

  /** Lines that are no study are told, and left out, as {@code publish} does. */
  private void requireWhole(String name, PublishSummary summary) throws IOException {
    if (!summary.complete() || summary.failed() + summary.labelsFailed() > 0) {
      throw new IOException(
          "not all of source %s could be sent; run the same command again".formatted(name));
    }
    if (summary.sent() == 0) {
      throw new IOException(
          "source %s has no study that can be sent; refused: %s"
              .formatted(name, summary.refused()));
    }
    tell.accept(
        "Source %s: %d studies sent%s"
            .formatted(
                name,
                summary.sent(),
                summary.refused().isEmpty() ? "" : ", refused: " + summary.refused()));
  }

  private boolean stage(String name, Brought source, ReportTokenizers tokenizers)
      throws IOException, InterruptedException {
    OptionalLong tuples = new BroughtStage(name, source, grounds, stopRequested).tuples(tokenizers);
    if (tuples.isEmpty()) {
      return false;
    }
    tell.accept(
        tuples.getAsLong() > 0
            ? "Stage of %s: %d tuples".formatted(name, tuples.getAsLong())
            : "Stage of %s: its tuples were all there".formatted(name));
    marks.write(name, "staged", source);
    return true;
  }

  Optional<Path> encoderTokenizer() {
    return experiment.encoderTokenizer().map(Path::of);
  }
}
