package io.radstream.serving.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.model.Refers;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchNetworkTest {

  private static final int VOCABULARY = 50;

  private static float[][] embedded(StudyNetwork network, int[][] prompts, int threads) {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      return CompletableFuture.supplyAsync(
              () -> {
                TorchEngine.narrow(threads);
                return network.embedPrompts(prompts);
              },
              thread)
          .join();
    } finally {
      thread.shutdown();
    }
  }

  /** Products of these numbers of rows are computed in another order by more threads. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 6, 7, 9, 11})
  void shouldEmbedPromptsWithTheSameBitsWhoeverAsks(int count) throws IOException {
    TorchEngine.start(1);
    int[][] prompts =
        IntStream.range(0, count)
            .mapToObj(prompt -> IntStream.range(0, 5 + prompt % 4).map(i -> 7 + prompt).toArray())
            .toArray(int[][]::new);
    try (StudyNetwork network =
        new TorchNetwork(
            Refers.unlearned(
                ModelPreset.TINY.config(VOCABULARY), 1, ComputeDevice.cpu(), Precision.FLOAT32))) {
      float[][] one = embedded(network, prompts, 1);
      float[][] two = embedded(network, prompts, 2);

      assertThat(two).isDeepEqualTo(one);
    }
  }
}
