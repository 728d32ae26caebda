package io.radstream.cli.bench;

import com.sun.management.ThreadMXBean;
import io.radstream.trainer.figures.MetricNames;
import io.radstream.trainer.run.StepReport;
import io.radstream.trainer.run.TrainingListener;
import io.radstream.trainer.timing.Phase;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Measures the steps of a run, and between them the engine's fastest product of matrices, so that
 * both are measured in the same circumstances. Where a step is told of while the device is at the
 * next one, a product would wait for that, and its time be no step's: there products are measured
 * behind the last step alone.
 */
final class StepMeter implements TrainingListener {

  /**
   * A step, with all that is between it and the next.
   *
   * @param loss of the batch, before the update
   * @param gradientNorm over all weights
   * @param engineCalls from Java into the engine
   * @param copiedBytes from Java to the engine
   * @param heapBytes allocated by the thread that trains
   */
  record Step(
      double seconds,
      Map<Phase, Double> phases,
      double loss,
      double gradientNorm,
      long engineCalls,
      long copiedBytes,
      long heapBytes) {}

  private static final List<Phase> OF_A_STEP =
      List.of(Phase.FORWARD, Phase.BACKWARD, Phase.UPDATE, Phase.LEDGER);
  private static final double NANOS = 1e9;
  private static final int PRODUCTS = 3;

  private final IntToDoubleFunction ceiling;
  private final boolean overlapping;
  private final int warmUp;
  private final LongSupplier nanoTime;
  private final LongConsumer progress;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final List<Step> steps = new ArrayList<>();
  private double best;
  private long began;
  private long calls;
  private long bytes;
  private long heap;

  /**
   * @param ceiling floating-point operations a second of the fastest of so many products
   * @param overlapping whether a device may be at the next step when one is told of
   * @param warmUp steps that are not measured
   * @param progress is told the number of steps taken
   */
  StepMeter(
      IntToDoubleFunction ceiling,
      boolean overlapping,
      int warmUp,
      LongSupplier nanoTime,
      LongConsumer progress) {
    this.ceiling = ceiling;
    this.overlapping = overlapping;
    this.warmUp = warmUp;
    this.nanoTime = nanoTime;
    this.progress = progress;
  }

  @Override
  public void stepped(StepReport report) {
    if (report.step() > warmUp) {
      steps.add(
          new Step(
              (nanoTime.getAsLong() - began) / NANOS,
              phases(report.values()),
              report.losses().total(),
              report.values().getOrDefault(MetricNames.GRADIENT_NORM, Double.NaN),
              EngineCallCount.calls() - calls,
              EngineCallCount.bytes() - bytes,
              threads.getCurrentThreadAllocatedBytes() - heap));
    }
    boolean last = report.step() == report.steps();
    if (overlapping ? last : report.step() >= warmUp) {
      best = Math.max(best, ceiling.applyAsDouble(steps.isEmpty() || last ? PRODUCTS : 1));
    }
    progress.accept(report.step());
    calls = EngineCallCount.calls();
    bytes = EngineCallCount.bytes();
    heap = threads.getCurrentThreadAllocatedBytes();
    began = nanoTime.getAsLong();
  }

  private static Map<Phase, Double> phases(Map<String, Double> figures) {
    Map<Phase, Double> phases = new EnumMap<>(Phase.class);
    phases.put(Phase.WAIT, figures.get(MetricNames.DATA_WAIT_SECONDS));
    for (Phase phase : OF_A_STEP) {
      phases.put(phase, figures.getOrDefault(MetricNames.seconds(phase), 0.0));
    }
    return phases;
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }

  /** Floating-point operations a second of the fastest product. */
  double ceiling() {
    return best;
  }

  double median(ToDoubleFunction<Step> figure) {
    return Median.of(steps.stream().map(figure::applyAsDouble).toList());
  }
}
