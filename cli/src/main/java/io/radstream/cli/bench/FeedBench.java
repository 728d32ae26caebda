package io.radstream.cli.bench;

import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.model.measure.Footprint;
import io.radstream.model.measure.MatrixCeiling;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.TopicSetup;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.config.RunConfigReader;
import io.radstream.trainer.data.DataFeed;
import io.radstream.trainer.timing.Phase;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Measures the way from the topic to batches that are ready for the device, on a broker of its own:
 * for each number of studies, of views and of workers.
 */
public final class FeedBench {

  private static final int PARTITIONS = 4;
  private static final int PRODUCTS = 3;
  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e3;

  /**
   * What is measured.
   *
   * @param config of the run whose batches they are
   * @param choice of the device
   * @param studies on the topic, rising
   * @param views of each study
   * @param workers that decode and augment
   * @param viewSide of a view on the topic, in pixels
   * @param reportTokens of each report
   * @param taken studies that are measured of each topic; epoch after epoch where it has fewer
   * @param pace studies/s that the device takes; infinity for one that is done at once
   */
  public record Plan(
      RunConfig config,
      DeviceChoice choice,
      List<Long> studies,
      List<Integer> views,
      List<Integer> workers,
      int viewSide,
      int reportTokens,
      long taken,
      double pace) {

    public Plan {
      studies = List.copyOf(studies);
      views = List.copyOf(views);
      workers = List.copyOf(workers);
    }
  }

  private record Opened(DataFeed feed, double seconds) {}

  /**
   * @param waited share of the time behind the first batch
   */
  private record Taken(double seconds, double waited) {}

  private interface Opening {

    DataFeed open() throws IOException;
  }

  private final FeedCores cores = new FeedCores();
  private final Plan plan;
  private final Consumer<String> progress;
  private final LongSupplier nanoTime;

  /**
   * @param progress is told what is done
   */
  public FeedBench(Plan plan, Consumer<String> progress, LongSupplier nanoTime) {
    this.plan = plan;
    this.progress = progress;
    this.nanoTime = nanoTime;
  }

  public FeedBenchReport run() throws IOException, InterruptedException {
    RunConfig config = plan.config();
    ComputeDevice device = plan.choice().start(config.threads());
    double network =
        new MatrixCeiling(device, config.compute().precision(), nanoTime).flopsPerSecond(PRODUCTS)
            / Footprint.of(config.model(), plan.reportTokens(), plan.reportTokens())
                .trainingFlops();
    List<FeedBenchReport.Row> rows = new ArrayList<>();
    try (ReportTokenizer tokenizer = BenchTokenizer.of(config.model().report().vocabulary());
        ReportTokenizers tokenizers = ReportTokenizers.shared(tokenizer);
        BenchCluster cluster = BenchCluster.start()) {
      for (int views : plan.views()) {
        KafkaConnection topics = topics(cluster.connection(), views);
        BenchTuples tuples =
            new BenchTuples(views, plan.viewSide(), plan.reportTokens(), tokenizer);
        long there = 0;
        for (long studies : plan.studies()) {
          progress.accept("%d studies of %d views: publishing".formatted(studies, views));
          tuples.publish(topics, there, studies - there);
          there = studies;
          for (int workers : plan.workers()) {
            progress.accept(
                "%d studies of %d views: %d workers".formatted(studies, views, workers));
            rows.add(measure(topics, tokenizers, views, workers));
          }
        }
      }
    }
    return new FeedBenchReport(plan.viewSide(), plan.reportTokens(), network, rows);
  }

  /** Those of each number of views have a prefix of their own. */
  private static KafkaConnection topics(KafkaConnection cluster, int views)
      throws IOException, InterruptedException {
    KafkaConnection topics =
        new KafkaConnection(
            cluster.bootstrap(), cluster.registry(), new TopicNames("views" + views + "."));
    new TopicSetup(topics).create(PARTITIONS);
    return topics;
  }

  private FeedBenchReport.Row measure(
      KafkaConnection topics, ReportTokenizers tokenizers, int views, int workers)
      throws IOException, InterruptedException {
    RunConfig config =
        new RunConfigReader()
            .read(
                plan.config(),
                Optional.empty(),
                List.of("data.workers=" + workers, "data.cacheMegabytes=0"));
    Clock clock = Clock.systemUTC();
    Opened scanned = timed(() -> DataFeed.open(topics, config, tokenizers, clock));
    try (DataFeed first = scanned.feed()) {
      first.take();
    }
    Opened resumed =
        timed(() -> DataFeed.resume(scanned.feed(), topics, config, tokenizers, clock));
    try (DataFeed feed = resumed.feed()) {
      return row(feed, views, workers, config.batch(), scanned.seconds(), resumed.seconds());
    }
  }

  private FeedBenchReport.Row row(
      DataFeed feed, int views, int workers, int batch, double scan, double resume)
      throws InterruptedException {
    long batches = Math.max(1, plan.taken() / batch);
    Map<Long, Long> before = cores.now();
    Taken time = take(feed, batches, batch);
    double used = cores.secondsSince(before);
    long taken = batches * batch;
    return new FeedBenchReport.Row(
        feed.studies(),
        views,
        workers,
        scan,
        resume,
        taken / time.seconds(),
        time.waited(),
        MILLIS * feed.seconds().get(Phase.FETCH) / taken,
        MILLIS * feed.seconds().get(Phase.DECODE) / taken,
        MILLIS * feed.seconds().get(Phase.AUGMENT) / taken,
        MILLIS * used / taken,
        heldBytes());
  }

  /** As a device does that is busy with each batch. */
  private Taken take(DataFeed feed, long batches, int batch) throws InterruptedException {
    long began = nanoTime.getAsLong();
    feed.take();
    long first = nanoTime.getAsLong();
    long waited = 0;
    for (long i = 1; i < batches; i++) {
      TimeUnit.NANOSECONDS.sleep((long) (NANOS * batch / plan.pace()));
      long asked = nanoTime.getAsLong();
      feed.take();
      waited += nanoTime.getAsLong() - asked;
    }
    long ended = nanoTime.getAsLong();
    return new Taken((ended - began) / NANOS, (double) waited / Math.max(1, ended - first));
  }

  private Opened timed(Opening opening) throws IOException {
    long began = nanoTime.getAsLong();
    DataFeed feed = opening.open();
    return new Opened(feed, (nanoTime.getAsLong() - began) / NANOS);
  }

  /** By what can be reached. */
  private static long heldBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
