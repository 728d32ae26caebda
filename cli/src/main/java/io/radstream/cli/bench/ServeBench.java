package io.radstream.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import io.radstream.cli.bench.BarePasses.Bare;
import io.radstream.cli.bench.ServeLoad.Round;
import io.radstream.model.Refers;
import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyPreparation;
import io.radstream.serving.StandingService;
import io.radstream.serving.StandingService.Passes;
import io.radstream.serving.score.BatchLimits;
import java.io.IOException;
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

  private static final double NANOS_A_MILLI = 1e6;

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

    private int most() {
      return clients.stream().mapToInt(Integer::intValue).max().orElseThrow();
    }
  }

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

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
   * @param rehearsal a small network, by which Java has compiled all that is beside a network: one
   *     that is asked six times a second would have it compile for minutes, on the cores that its
   *     passes want; closed before the other is asked
   * @param model closed at the end
   */
  public ServeBenchReport run(BenchModel rehearsal, BenchModel model)
      throws IOException, InterruptedException {
    rehearse(rehearsal);
    return run(model);
  }

  private void rehearse(BenchModel model) throws IOException {
    progress.accept("warming up with a small network");
    try (StandingService service =
        StandingService.start(model.scoring(), model.means(), plan.batches())) {
      for (int views : plan.views()) {
        ServeStudies studies = new ServeStudies(plan.pictures(), views);
        try (ServeLoad load = new ServeLoad(service.port(), plan.most(), studies.bodies())) {
          WarmUp.run(plan.time(), () -> load.run(plan.most(), plan.time()));
        }
      }
    }
  }

  private ServeBenchReport run(BenchModel model) throws IOException, InterruptedException {
    List<ServeBenchReport.Row> rows = new ArrayList<>();
    List<ServeBenchReport.Preparation> preparations = new ArrayList<>();
    Refers network = model.network();
    try (StandingService service =
        StandingService.start(model.scoring(), model.means(), plan.batches())) {
      for (int views : plan.views()) {
        ServeStudies studies = new ServeStudies(plan.pictures(), views);
        preparations.add(preparation(network, studies));
        try (ServeLoad load = new ServeLoad(service.port(), plan.most(), studies.bodies())) {
          progress.accept("%d views: warming up".formatted(views));
          load.run(plan.most(), plan.time());
          for (int clients : plan.clients()) {
            progress.accept("%d views, %d clients".formatted(views, clients));
            rows.add(measure(network, service, load, studies, clients));
          }
        }
      }
    }
    return new ServeBenchReport(preparations, rows);
  }

  private ServeBenchReport.Row measure(
      Refers network, StandingService service, ServeLoad load, ServeStudies studies, int clients)
      throws InterruptedException {
    StudyPreparation preparation = preparation(network);
    BarePasses passes = new BarePasses(network, plan.time());
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
      Bare bare = passes.measure(studies.inputs(preparation, batch));
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
