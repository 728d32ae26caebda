package io.radstream.cli.bench;

import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.PublishProgress;
import io.radstream.producers.publish.PublishSummary;
import io.radstream.producers.publish.StudyPublisher;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.TopicSetup;
import io.radstream.streams.StageConfig;
import io.radstream.streams.StreamStage;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/**
 * Measures the way of studies from files to tuples, on a broker of its own: publishing, the stage,
 * both at once, and beside them what plain clients do with the same records, and decoding alone.
 */
public final class IngestBench {

  private static final int VOCABULARY = 200;
  private static final double NANOS = 1e9;

  /**
   * What is measured.
   *
   * @param views of each study
   * @param side of a picture in its file, in pixels
   * @param viewSide of a view as it is published, at most
   * @param threads of the stage, of plain clients and of decoding
   */
  public record Plan(
      long studies, int views, int side, int viewSide, int partitions, int threads) {}

  private interface Work {

    long bytes() throws IOException, InterruptedException;
  }

  private final Plan plan;
  private final Consumer<String> progress;
  private final LongSupplier nanoTime;

  /**
   * @param progress is told what is done
   */
  public IngestBench(Plan plan, Consumer<String> progress, LongSupplier nanoTime) {
    this.plan = plan;
    this.progress = progress;
    this.nanoTime = nanoTime;
  }

  public IngestBenchReport run() throws IOException, InterruptedException {
    progress.accept("drawing pictures");
    IngestStudies studies = IngestStudies.of(plan.views(), plan.side(), plan.studies());
    try (BenchCluster cluster = BenchCluster.start();
        ReportTokenizer tokenizer = BenchTokenizer.of(VOCABULARY)) {
      KafkaConnection first = topics(cluster, "first.");
      KafkaConnection second = topics(cluster, "second.");
      progress.accept("decoding alone");
      double decoding = decode(studies);
      progress.accept("publishing");
      PublishSummary published = publish(first, studies);
      double recordBytes = (double) published.bytes() / published.sent();
      StageConfig config = StageConfig.of(tokenizer);
      StageRun stage = new StageRun(first, config, plan.threads(), plan.studies());
      progress.accept("plain clients");
      RawCopy raw = new RawCopy(first, first.topics().of(Topic.STUDIES), plan.threads());
      double reading = rate(raw::read, recordBytes);
      double copying = rate(() -> raw.to(second.topics().of(Topic.SCORES)), recordBytes);
      progress.accept("the stage");
      StageRun.Course course = run(stage, cluster, "first");
      progress.accept("plain clients again");
      double copyingAgain = rate(() -> raw.to(second.topics().of(Topic.SCORES)), recordBytes);
      progress.accept("publishing and the stage at once");
      double both = endToEnd(second, cluster, config, studies);
      return new IngestBenchReport(
          plan.studies(),
          recordBytes,
          decoding,
          published.sent() / published.seconds(),
          reading,
          (copying + copyingAgain) / 2,
          course.studiesPerSecond(),
          both,
          course.heldBytes());
    }
  }

  private KafkaConnection topics(BenchCluster cluster, String prefix)
      throws IOException, InterruptedException {
    KafkaConnection own = cluster.connection();
    KafkaConnection topics =
        new KafkaConnection(own.bootstrap(), own.registry(), new TopicNames(prefix));
    new TopicSetup(topics).create(plan.partitions());
    return topics;
  }

  /** Studies/s. */
  private double decode(IngestStudies studies) throws InterruptedException {
    ImageDecoder decoder = new ImageDecoder();
    List<byte[]> files = studies.files();
    long pictures = Math.min(plan.studies() * plan.views(), 8L * files.size());
    ForkJoinPool pool = new ForkJoinPool(plan.threads());
    long began = nanoTime.getAsLong();
    try {
      pool.submit(
              () ->
                  LongStream.range(0, pictures)
                      .parallel()
                      .forEach(i -> decoded(decoder, files.get((int) (i % files.size())))))
          .join();
    } finally {
      pool.shutdown();
    }
    return pictures / ((nanoTime.getAsLong() - began) / NANOS) / plan.views();
  }

  private static void decoded(ImageDecoder decoder, byte[] file) {
    try {
      decoder.decode(file);
    } catch (IOException e) {
      throw new IllegalStateException("a picture that was just written", e);
    }
  }

  private PublishSummary publish(KafkaConnection topics, IngestStudies studies) throws IOException {
    StudyPublisher.Manner manner =
        new StudyPublisher.Manner(Pseudonymizer.demo(), plan.viewSide(), List.of());
    try (StudyPublisher publisher = StudyPublisher.open(topics, manner, Clock.systemUTC())) {
      PublishSummary summary = publisher.publish(studies, PublishProgress.NONE);
      if (summary.sent() != plan.studies()) {
        throw new IOException("not all studies were published: " + summary.failures());
      }
      return summary;
    }
  }

  /** Studies/s. */
  private double rate(Work work, double recordBytes) throws IOException, InterruptedException {
    long began = nanoTime.getAsLong();
    long bytes = work.bytes();
    return bytes / recordBytes / ((nanoTime.getAsLong() - began) / NANOS);
  }

  private StageRun.Course run(StageRun run, BenchCluster cluster, String name)
      throws IOException, InterruptedException {
    try (StreamStage stage = run.start(cluster.directory().resolve(name))) {
      return run.watch(stage, nanoTime);
    }
  }

  /** Studies/s, from the first that is published to where nine tenths are tuples. */
  private double endToEnd(
      KafkaConnection topics, BenchCluster cluster, StageConfig config, IngestStudies studies)
      throws IOException, InterruptedException {
    StageRun run = new StageRun(topics, config, plan.threads(), plan.studies());
    try (StreamStage stage = run.start(cluster.directory().resolve("second"))) {
      long began = nanoTime.getAsLong();
      BackgroundPublishing publishing = new BackgroundPublishing(() -> publish(topics, studies));
      publishing.start();
      StageRun.Course course = run.watch(stage, nanoTime);
      publishing.finish();
      return StageRun.MEASURED * plan.studies() / ((course.endNanos() - began) / NANOS);
    }
  }
}
