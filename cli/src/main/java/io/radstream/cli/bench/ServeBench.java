package io.radstream.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import io.radstream.cli.bench.ServeLoad.Round;
import io.radstream.model.Refers;
import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyPreparation;
import io.radstream.serving.StandingService;
import io.radstream.serving.StandingService.Passes;
import io.radstream.serving.score.BatchLimits;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures the scoring service over HTTP, for each number of views and of clients, beside the bare
 * forward pass of the same network: the two take turns, so that both meet the same machine.
 */
public final class ServeBench {

  private static final double NANOS = 1e9;
  private static final double NANOS_A_MILLI = 1e6;

  /** Of a round's time, by which it counts as warm. */
  private static final double MOST_COMPILING = 0.02;

  private static final int MOST_WARM_UPS = 3;

  /**
   * What is measured.
   *
   * @param pictures what the studies are made of
   * @param views of each study
   * @param clients at a time; each asks again as soon as it has its answer
   * @param rounds of each; the medians count
   * @param time that a round takes at least, over HTTP and bare
   * @param batches of the service
   */
  public record Plan(
      List<byte[]> pictures,
      List<Integer> views,
      List<Integer> clients,
      int rounds,
      Duration time,
      BatchLimits batches) {

    public Plan {
      pictures = List.copyOf(pictures);
      views = List.copyOf(views);
      clients = List.copyOf(clients);
    }
  }

  /**
   * @param millis of one pass, the median
   * @param cpuMillis of this process for a study
   */
  private record Bare(double studiesPerSecond, double millis, double cpuMillis) {}

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();

  private final Plan plan;
  private final Consumer<String> progress;

  /**
   * @param progress is told what is done
   */
  public ServeBench(Plan plan, Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * @param model closed at the end
   */
  public ServeBenchReport run(BenchModel model) throws IOException, InterruptedException {
    List<ServeBenchReport.Row> rows = new ArrayList<>();
    List<ServeBenchReport.Preparation> preparations = new ArrayList<>();
    Refers network = model.network();
    int most = plan.clients().stream().mapToInt(Integer::intValue).max().orElseThrow();
    try (StandingService service =
        StandingService.start(model.scoring(), model.means(), plan.batches())) {
      for (int views : plan.views()) {
        ServeStudies studies = new ServeStudies(plan.pictures(), views);
        preparations.add(preparation(network, studies));
        try (ServeLoad load = new ServeLoad(service.port(), most, studies.bodies())) {
          progress.accept("%d views: warming up".formatted(views));
          warmUp(load, most);
          for (int clients : plan.clients()) {
            progress.accept("%d views, %d clients".formatted(views, clients));
            rows.add(measure(network, service, load, studies, clients));
          }
        }
      }
    }
    return new ServeBenchReport(preparations, rows);
  }

  /** Until Java compiles little any more: it does so beside passes that want all cores. */
  private void warmUp(ServeLoad load, int clients) {
    double little = MOST_COMPILING * plan.time().toMillis();
    long before;
    int rounds = 0;
    do {
      before = compiler.getTotalCompilationTime();
      load.run(clients, plan.time());
      rounds++;
    } while (compiler.getTotalCompilationTime() - before > little && rounds < MOST_WARM_UPS);
  }

  private ServeBenchReport.Row measure(
      Refers network, StandingService service, ServeLoad load, ServeStudies studies, int clients)
      throws InterruptedException {
    StudyPreparation preparation = preparation(network);
    List<Double> rates = new ArrayList<>();
    List<Double> bareRates = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    List<Double> above = new ArrayList<>();
    List<Double> millis = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    List<Double> bareCpu = new ArrayList<>();
    Passes before = service.passes();
    for (int i = 0; i < plan.rounds(); i++) {
      Passes began = service.passes();
      long cpuBegan = system.getProcessCpuTime();
      Round round = load.run(clients, plan.time());
      cpu.add((system.getProcessCpuTime() - cpuBegan) / NANOS_A_MILLI / round.requests());
      int batch = (int) Math.max(1, Math.round(mean(began, service.passes())));
      Bare bare = bare(network, studies.inputs(preparation, batch));
      rates.add(round.requestsPerSecond());
      bareRates.add(bare.studiesPerSecond());
      shares.add(round.requestsPerSecond() / bare.studiesPerSecond());
      above.add(Median.of(round.millis()) - bare.millis());
      millis.addAll(round.millis());
      bareCpu.add(bare.cpuMillis());
    }
    return new ServeBenchReport.Row(
        studies.views(),
        clients,
        Median.of(rates),
        ServeBenchReport.Latency.of(millis),
        mean(before, service.passes()),
        Median.of(bareRates),
        Median.of(shares),
        Median.of(above),
        Median.of(cpu),
        Median.of(bareCpu));
  }

  private static double mean(Passes before, Passes after) {
    return (double) (after.studies() - before.studies()) / (after.count() - before.count());
  }

  private Bare bare(Refers network, float[][] studies) {
    float[] images = joined(studies);
    Object warm = network.see(images, studies.length);
    List<Double> millis = new ArrayList<>();
    long cpuBegan = system.getProcessCpuTime();
    long began = System.nanoTime();
    long now = began;
    while (warm != null && now - began < plan.time().toNanos()) {
      network.see(images, studies.length);
      long ended = System.nanoTime();
      millis.add((ended - now) / NANOS_A_MILLI);
      now = ended;
    }
    long done = (long) millis.size() * studies.length;
    return new Bare(
        done / ((now - began) / NANOS),
        Median.of(millis),
        (system.getProcessCpuTime() - cpuBegan) / NANOS_A_MILLI / done);
  }

  private static float[] joined(float[][] studies) {
    int length = studies[0].length;
    float[] images = new float[studies.length * length];
    for (int i = 0; i < studies.length; i++) {
      System.arraycopy(studies[i], 0, images, i * length, length);
    }
    return images;
  }

  private static StudyPreparation preparation(Refers network) {
    return new StudyPreparation(network.config().radiograph().imageSize());
  }

  /** Decoding and shrinking by one thread: what a study costs beside the network. */
  private ServeBenchReport.Preparation preparation(Refers network, ServeStudies studies) {
    progress.accept("%d views: decoding alone".formatted(studies.views()));
    StudyPreparation preparation = preparation(network);
    List<Double> millis = new ArrayList<>();
    long began = System.nanoTime();
    for (int i = 0; i < plan.rounds() || System.nanoTime() - began < plan.time().toNanos(); i++) {
      long start = System.nanoTime();
      StudyInput unused = preparation.prepare(studies.views(i));
      millis.add((System.nanoTime() - start) / NANOS_A_MILLI);
    }
    return new ServeBenchReport.Preparation(
        studies.views(), studies.meanBytes(), Median.of(millis));
  }
}
