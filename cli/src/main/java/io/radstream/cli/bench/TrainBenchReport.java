package io.radstream.cli.bench;

import io.radstream.cli.bench.TrainBench.Plan;
import io.radstream.trainer.run.RunSummary;
import io.radstream.trainer.timing.Phase;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a step costs, beside what the hardware could do.
 *
 * @param secondsByPhase wait, forward, backward, update, ledger of a step, medians; fetch, decode
 *     and augment of a step, summed over the workers, which go on beside it; checkpoint: how long a
 *     checkpoint holds up training
 * @param dataWait share of a step that is spent waiting for its batch
 * @param flopsPerStudy of a training step, counted from the shapes
 * @param gflopsPerSecond that the steps achieved
 * @param ceilingGflopsPerSecond of the engine's fastest product of matrices in the same precision
 * @param utilisation the first over the second
 * @param engineCallsPerStep from Java into the native engine
 * @param copiedBytesPerStudy from Java to the engine
 * @param heapBytesPerStep allocated in Java by the thread that trains
 * @param losses of the steps
 * @param gradientNorms of the steps, over all weights
 * @param peakMemoryBytes resident memory of the process, the broker in it, at its peak; 0 where the
 *     system does not tell
 */
public record TrainBenchReport(
    String engine,
    String precision,
    int threads,
    int batch,
    long steps,
    int reportTokens,
    double secondsPerStep,
    Map<String, Double> secondsByPhase,
    double dataWait,
    double studiesPerSecond,
    double imagesPerSecond,
    long flopsPerStudy,
    double gflopsPerSecond,
    double ceilingGflopsPerSecond,
    double utilisation,
    long engineCallsPerStep,
    long copiedBytesPerStudy,
    long heapBytesPerStep,
    List<Double> losses,
    List<Double> gradientNorms,
    long peakMemoryBytes) {

  private static final List<Phase> OF_A_STEP =
      List.of(Phase.WAIT, Phase.FORWARD, Phase.BACKWARD, Phase.UPDATE, Phase.LEDGER);
  private static final List<Phase> OF_WORKERS = List.of(Phase.FETCH, Phase.DECODE, Phase.AUGMENT);
  private static final int VIEWS = 3;
  private static final double GIGA = 1e9;
  private static final double MEBI = 1 << 20;
  private static final double GIBI = 1L << 30;

  static TrainBenchReport of(
      Plan plan,
      StepMeter meter,
      RunSummary run,
      long flopsPerStudy,
      String engine,
      long peakMemory) {
    int batch = plan.config().batch();
    double seconds = meter.median(StepMeter.Step::seconds);
    double achieved = batch / seconds * flopsPerStudy;
    Map<String, Double> phases = phases(meter, run);
    return new TrainBenchReport(
        engine,
        plan.config().compute().precision().name().toLowerCase(Locale.ROOT),
        plan.config().threads(),
        batch,
        plan.measured(),
        plan.reportTokens(),
        seconds,
        phases,
        phases.get(Phase.WAIT.label()) / seconds,
        batch / seconds,
        VIEWS * batch / seconds,
        flopsPerStudy,
        achieved / GIGA,
        meter.ceiling() / GIGA,
        achieved / meter.ceiling(),
        Math.round(meter.median(StepMeter.Step::engineCalls)),
        Math.round(meter.median(StepMeter.Step::copiedBytes) / batch),
        Math.round(meter.median(StepMeter.Step::heapBytes)),
        meter.steps().stream().map(StepMeter.Step::loss).toList(),
        meter.steps().stream().map(StepMeter.Step::gradientNorm).toList(),
        peakMemory);
  }

  private static Map<String, Double> phases(StepMeter meter, RunSummary run) {
    Map<String, Double> phases = new LinkedHashMap<>();
    OF_WORKERS.forEach(phase -> phases.put(phase.label(), run.phases().get(phase) / run.steps()));
    OF_A_STEP.forEach(
        phase -> phases.put(phase.label(), meter.median(step -> step.phases().get(phase))));
    phases.put(Phase.CHECKPOINT.label(), run.phases().get(Phase.CHECKPOINT));
    return phases;
  }

  /** For people. */
  public void print(PrintWriter out) {
    out.printf("%s, %s, %d threads%n", engine, precision, threads);
    out.printf(
        "%-28s %10.3f s   (median of %d; %d studies, reports of %d tokens)%n",
        "step", secondsPerStep, steps, batch, reportTokens);
    OF_A_STEP.forEach(phase -> print(out, phase, "%5.1f %%", 100 / secondsPerStep));
    out.println("beside it, on the workers");
    OF_WORKERS.forEach(phase -> print(out, phase, "%5.1f %% of a step", 100 / secondsPerStep));
    out.printf(
        "%-28s %10.3f s   that training stands still%n",
        "a checkpoint", secondsByPhase.get(Phase.CHECKPOINT.label()));
    out.printf("%-28s %10.3f%n", "studies/s", studiesPerSecond);
    out.printf("%-28s %10.3f%n", "images/s", imagesPerSecond);
    out.printf("%-28s %10.1f%n", "GFLOP per study, training", flopsPerStudy / GIGA);
    out.printf("%-28s %10.1f%n", "GFLOP/s", gflopsPerSecond);
    out.printf("%-28s %10.1f%n", "GFLOP/s, fastest product", ceilingGflopsPerSecond);
    out.printf("%-28s %10.3f%n", "utilisation", utilisation);
    out.printf("%-28s %10d%n", "calls into the engine a step", engineCallsPerStep);
    out.printf("%-28s %10.3f MiB%n", "copied to it a study", copiedBytesPerStudy / MEBI);
    out.printf("%-28s %10.3f MiB%n", "Java heap a step", heapBytesPerStep / MEBI);
    if (peakMemoryBytes > 0) {
      out.printf("%-28s %10.2f GiB%n", "peak memory", peakMemoryBytes / GIBI);
    }
    out.flush();
  }

  private void print(PrintWriter out, Phase phase, String share, double scale) {
    double seconds = secondsByPhase.get(phase.label());
    out.printf("  %-26s %10.3f s   %s%n", phase.label(), seconds, share.formatted(seconds * scale));
  }
}
