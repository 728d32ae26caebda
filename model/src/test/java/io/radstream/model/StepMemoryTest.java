package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.model.config.Compute;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.config.Program;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.training.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Measures the memory of a step of the paper's network and batch, one configuration a process:
 * {@code -Dradstream.memory=BFLOAT16,8,EAGER} for precision, micro-batch and program.
 */
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(
    named = "radstream.memory",
    matches = "[A-Z0-9]+,\\d+,[A-Z]+",
    disabledReason = "a measurement of some minutes, for docs/benchmarks.md")
final class StepMemoryTest {

  private static final int STUDIES = 32;
  private static final int VOCABULARY = 30_522;

  @Test
  void shouldTakeAStepOfThePapersBatch() throws IOException {
    Compute compute = compute(System.getProperty("radstream.memory"));
    TorchEngine.start(Runtime.getRuntime().availableProcessors());
    ModelConfig model = ModelPreset.BASE.config(VOCABULARY);
    StudyBatch batch = RandomStudies.batch(model, STUDIES, model.report()::maxTokens);
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(model, new OptimizerConfig(0.9, 1e-4, 0), compute, ComputeDevice.best()),
            1)) {
      String atRest = memory("VmRSS");
      long began = System.nanoTime();

      StepResult result = training.step(batch, new LearningRates(3e-3, 3e-4), 1);

      double seconds = (System.nanoTime() - began) / 1e9;
      System.out.printf(
          "### base, %d studies, %s: before the step %s, peak %s, %.0f s, loss %.4f%n",
          STUDIES, compute, atRest, memory("VmHWM"), seconds, result.loss());
      assertThat(result.loss()).isFinite();
    }
  }

  private static Compute compute(String asked) {
    String[] parts = asked.split(",", -1);
    return new Compute(
        Precision.valueOf(parts[0]), Integer.parseInt(parts[1]), Program.valueOf(parts[2]));
  }

  /** Resident memory of this process, as the kernel tells it. */
  private static String memory(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(key + ":"))
        .map(line -> line.substring(key.length() + 1).strip())
        .findFirst()
        .orElseThrow();
  }
}
