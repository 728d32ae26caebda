package io.radstream.cli.experiment;

import io.radstream.experiments.run.FreeMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Memory of NVIDIA's GPUs, as the tool of their driver tells it: of the one that has least, since
 * the tool and CUDA may count them in different orders.
 *
 * @param tool with its arguments; writes MiB, a line for each GPU
 */
record CudaMemory(List<String> tool) implements FreeMemory {

  private static final int SECONDS = 10;
  private static final int MIB = 1 << 20;

  CudaMemory {
    tool = List.copyOf(tool);
  }

  static CudaMemory here() {
    return new CudaMemory(
        List.of("nvidia-smi", "--query-gpu=memory.free", "--format=csv,noheader,nounits"));
  }

  /** Empty where the tool is not there, or does not know. */
  @Override
  public OptionalLong bytes() {
    try {
      Process process =
          new ProcessBuilder(tool).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
          return OptionalLong.empty();
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
            .lines()
            .mapToLong(line -> MIB * Long.parseLong(line.strip()))
            .min();
      } finally {
        process.destroy();
      }
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    }
  }
}
