package io.radstream.cli.bench;

import io.radstream.cli.bench.StepBench.Plan;
import io.radstream.cli.bench.StepBench.Result;
import io.radstream.model.StepObserver.Phase;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a step costs, beside what the hardware could do.
 *
 * @param secondsByPhase forward, backward, update
 * @param flopsPerStudy of a training step, counted from the shapes
 * @param gflopsPerSecond that the steps achieved
 * @param ceilingGflopsPerSecond of the engine's fastest product of matrices in the same precision
 * @param utilisation the first over the second
 * @param peakMemoryBytes resident memory of the process at its peak; 0 where the system does not
 *     tell
 */
public record TrainBenchReport(
    String engine,
    String precision,
    int threads,
    int batch,
    int steps,
    int reportTokens,
    double secondsPerStep,
    Map<String, Double> secondsByPhase,
    double studiesPerSecond,
    double imagesPerSecond,
    long flopsPerStudy,
    double gflopsPerSecond,
    double ceilingGflopsPerSecond,
    double utilisation,
    long peakMemoryBytes) {

  private static final int VIEWS = 3;
  private static final double GIGA = 1e9;
  private static final double GIB = 1L << 30;

  static TrainBenchReport of(
      Plan plan, Result result, String engine, int threads, long peakMemory) {
    double studies = plan.batch() / result.secondsPerStep();
    double achieved = studies * result.flopsPerStudy();
    return new TrainBenchReport(
        engine,
        plan.compute().precision().name().toLowerCase(Locale.ROOT),
        threads,
        plan.batch(),
        plan.steps(),
        plan.reportTokens(),
        result.secondsPerStep(),
        result.phases().entrySet().stream()
            .collect(Collectors.toMap(phase -> name(phase.getKey()), Map.Entry::getValue)),
        studies,
        VIEWS * studies,
        result.flopsPerStudy(),
        achieved / GIGA,
        result.ceiling() / GIGA,
        achieved / result.ceiling(),
        peakMemory);
  }

  private static String name(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }

  /** For people. */
  public void print(PrintWriter out) {
    out.printf("%s, %s, %d threads%n", engine, precision, threads);
    out.printf(
        "%-28s %10.3f s   (median of %d; %d studies, reports of %d tokens)%n",
        "step", secondsPerStep, steps, batch, reportTokens);
    for (Phase phase : Phase.values()) {
      double seconds = secondsByPhase.get(name(phase));
      out.printf(
          "  %-26s %10.3f s   %4.1f %%%n", name(phase), seconds, 100 * seconds / secondsPerStep);
    }
    out.printf("%-28s %10.3f%n", "studies/s", studiesPerSecond);
    out.printf("%-28s %10.3f%n", "images/s", imagesPerSecond);
    out.printf("%-28s %10.1f%n", "GFLOP per study, training", flopsPerStudy / GIGA);
    out.printf("%-28s %10.1f%n", "GFLOP/s", gflopsPerSecond);
    out.printf("%-28s %10.1f%n", "GFLOP/s, fastest product", ceilingGflopsPerSecond);
    out.printf("%-28s %10.3f%n", "utilisation", utilisation);
    if (peakMemoryBytes > 0) {
      out.printf("%-28s %10.2f GiB%n", "peak memory", peakMemoryBytes / GIB);
    }
    out.flush();
  }
}
