package io.radstream.cli.bench;

import io.radstream.model.Compute;
import io.radstream.model.ModelConfig;
import io.radstream.model.OptimizerConfig;
import io.radstream.model.TorchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Measures the training step on this machine. */
public final class TrainBench {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";
  private static final long KIBIBYTE = 1024;

  private TrainBench() {}

  /**
   * @param threads CPU threads for one operation
   * @param reportTokens length of each report; empty for the longest that the network reads
   * @param progress is told the number of steps taken, those of the warm-up among them
   */
  public static TrainBenchReport run(
      ModelConfig model,
      OptimizerConfig optimizer,
      Compute compute,
      int threads,
      int batch,
      int steps,
      int warmUp,
      Optional<Integer> reportTokens,
      Consumer<Integer> progress)
      throws IOException {
    TorchEngine.start(threads);
    int longest = Math.min(model.report().maxTokens(), model.text().maxTokens());
    StepBench.Plan plan =
        new StepBench.Plan(
            model,
            optimizer,
            compute,
            batch,
            steps,
            warmUp,
            Math.min(longest, reportTokens.orElse(longest)));
    StepBench.Result result = new StepBench(plan, System::nanoTime, progress).run();
    return TrainBenchReport.of(plan, result, TorchEngine.description(), threads, peakMemoryBytes());
  }

  private static long peakMemoryBytes() throws IOException {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(PEAK))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
        .findFirst()
        .orElse(0);
  }
}
