package io.radstream.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import io.radstream.cli.bench.Rate.Clocks;
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
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Measures the way of studies from files to tuples, on a broker of its own: publishing, the stage,
 * both at once, and beside them what plain clients do with the same records, and decoding alone.
 */
public final class IngestBench {

  private static final int VOCABULARY = 200;

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
  private final Supplier<Clocks> clocks;

  /**
   * @param progress is told what is done
   */
  public IngestBench(Plan plan, Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
    this.clocks = IngestBench::now;
  }

  public IngestBenchReport run() throws IOException, InterruptedException {
    progress.accept("drawing pictures");
    IngestStudies studies = IngestStudies.of(plan.views(), plan.side(), plan.studies());
    try (BenchCluster cluster = BenchCluster.start();
        ReportTokenizer tokenizer = BenchTokenizer.of(VOCABULARY)) {
      KafkaConnection first = topics(cluster, "first.");
      KafkaConnection second = topics(cluster, "second.");
      StageConfig config = StageConfig.of(tokenizer);
      // First, so that what is compared finds Java's compiler done with all of it.
      progress.accept("publishing and the stage at once");
      Rate both = endToEnd(second, cluster, config, studies);
      progress.accept("decoding alone");
      Rate decoding = decode(studies);
      progress.accept("publishing");
      Clocks began = clocks.get();
      PublishSummary published = publish(first, studies);
      Rate publishing = Rate.of((double) plan.studies(), began, clocks.get());
      double recordBytes = (double) published.bytes() / published.sent();
      progress.accept("plain clients");
      RawCopy raw = new RawCopy(first, first.topics().of(Topic.STUDIES), plan.threads());
      String copied = second.topics().of(Topic.SCORES);
      Rate reading = rate(raw::read, recordBytes);
      Rate copying = rate(() -> raw.to(copied), recordBytes);
      progress.accept("the stage");
      StageRun stage = new StageRun(first, config, plan.threads(), plan.studies());
      StageRun.Course course = run(stage, cluster, "first");
      progress.accept("plain clients again");
      Rate again = rate(() -> raw.to(copied), recordBytes);
      return new IngestBenchReport(
          plan.studies(),
          recordBytes,
          decoding,
          publishing,
          reading,
          copying.mean(again),
          course.rate(),
          both,
          course.heldBytes());
    }
  }

  private static Clocks now() {
    return new Clocks(
        System.nanoTime(),
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime());
  }

  private KafkaConnection topics(BenchCluster cluster, String prefix)
      throws IOException, InterruptedException {
    KafkaConnection own = cluster.connection();
    KafkaConnection topics =
        new KafkaConnection(own.bootstrap(), own.registry(), new TopicNames(prefix));
    new TopicSetup(topics).create(plan.partitions());
    return topics;
  }

  private Rate decode(IngestStudies studies) throws InterruptedException {
    ImageDecoder decoder = new ImageDecoder();
    List<byte[]> files = studies.files();
    long pictures = Math.min(plan.studies() * plan.views(), 64L * files.size());
    ForkJoinPool pool = new ForkJoinPool(plan.threads());
    Clocks began = clocks.get();
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
    return Rate.of((double) pictures / plan.views(), began, clocks.get());
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

  private Rate rate(Work work, double recordBytes) throws IOException, InterruptedException {
    Clocks began = clocks.get();
    double studies = work.bytes() / recordBytes;
    return Rate.of(studies, began, clocks.get());
  }

  private StageRun.Course run(StageRun run, BenchCluster cluster, String name)
      throws IOException, InterruptedException {
    try (StreamStage stage = run.start(cluster.directory().resolve(name))) {
      return run.watch(stage, clocks);
    }
  }

  private Rate endToEnd(
      KafkaConnection topics, BenchCluster cluster, StageConfig config, IngestStudies studies)
      throws IOException, InterruptedException {
    StageRun run = new StageRun(topics, config, plan.threads(), plan.studies());
    try (StreamStage stage = run.start(cluster.directory().resolve("second"))) {
      BackgroundPublishing publishing = new BackgroundPublishing(() -> publish(topics, studies));
      publishing.start();
      Rate rate = run.watch(stage, clocks).rate();
      publishing.finish();
      return rate;
    }
  }
}
