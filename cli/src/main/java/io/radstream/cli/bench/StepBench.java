package io.radstream.cli.bench;

import io.radstream.model.Compute;
import io.radstream.model.Footprint;
import io.radstream.model.LearningRates;
import io.radstream.model.MatrixCeiling;
import io.radstream.model.ModelConfig;
import io.radstream.model.OptimizerConfig;
import io.radstream.model.RefersTraining;
import io.radstream.model.StepObserver.Phase;
import io.radstream.model.StudyBatch;
import io.radstream.radiology.CounterRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Complete optimizer steps of made-up studies, and between them the engine's fastest product of
 * matrices, so that both are measured in the same circumstances.
 */
final class StepBench {

  private static final LearningRates RATES = new LearningRates(1e-4, 1e-4);
  private static final int VIEWS = 3;
  private static final int PRODUCTS = 3;
  private static final double NANOS = 1e9;

  /**
   * @param batch studies of a step
   * @param steps that are measured
   * @param warmUp steps before
   * @param reportTokens length of each report
   */
  record Plan(
      ModelConfig model,
      OptimizerConfig optimizer,
      Compute compute,
      int batch,
      int steps,
      int warmUp,
      int reportTokens) {}

  /**
   * Medians over the steps.
   *
   * @param flopsPerStudy of a training step, counted from the shapes
   * @param ceiling floating-point operations a second of the fastest product
   */
  record Result(
      double secondsPerStep, Map<Phase, Double> phases, long flopsPerStudy, double ceiling) {}

  private final Plan plan;
  private final LongSupplier nanoTime;
  private final Consumer<Integer> progress;

  /**
   * @param progress is told the number of steps taken, those of the warm-up among them
   */
  StepBench(Plan plan, LongSupplier nanoTime, Consumer<Integer> progress) {
    this.plan = plan;
    this.nanoTime = nanoTime;
    this.progress = progress;
  }

  Result run() {
    MatrixCeiling ceiling = new MatrixCeiling(plan.compute().precision(), nanoTime);
    StudyBatch batch = batch();
    PhaseClock clock = new PhaseClock(nanoTime);
    List<Double> seconds = new ArrayList<>();
    Map<Phase, List<Double>> phases = new EnumMap<>(Phase.class);
    double best = ceiling.flopsPerSecond(PRODUCTS);
    try (RefersTraining training =
        RefersTraining.start(plan.model(), plan.optimizer(), plan.compute(), 1)) {
      for (int step = 0; step < plan.warmUp() + plan.steps(); step++) {
        clock.start();
        long began = nanoTime.getAsLong();
        training.step(batch, RATES, step, clock);
        double took = (nanoTime.getAsLong() - began) / NANOS;
        if (step >= plan.warmUp()) {
          seconds.add(took);
          for (Phase phase : Phase.values()) {
            phases.computeIfAbsent(phase, first -> new ArrayList<>()).add(clock.seconds(phase));
          }
          best = Math.max(best, ceiling.flopsPerSecond(1));
        }
        progress.accept(step + 1);
      }
    }
    Map<Phase, Double> medians = new EnumMap<>(Phase.class);
    phases.forEach((phase, values) -> medians.put(phase, Median.of(values)));
    long flops =
        Footprint.of(plan.model(), plan.reportTokens(), plan.reportTokens()).trainingFlops();
    return new Result(Median.of(seconds), medians, flops, best);
  }

  /** Three different views of noise, and reports of one length. */
  private StudyBatch batch() {
    int side = plan.model().radiograph().imageSize();
    float[] images = new float[plan.batch() * VIEWS * side * side];
    CounterRandom random = CounterRandom.of(1, "bench");
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextDouble(-2, 2);
    }
    int words = Math.min(plan.model().report().vocabulary(), plan.model().text().vocabulary());
    int[][] tokens = new int[plan.batch()][plan.reportTokens()];
    for (int[] report : tokens) {
      for (int i = 0; i < report.length; i++) {
        report[i] = random.nextInt(words);
      }
    }
    return new StudyBatch(images, tokens);
  }
}
