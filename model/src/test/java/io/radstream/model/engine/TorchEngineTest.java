package io.radstream.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TorchEngineTest {

  private static final int WIDTH = 96;

  private static <T> T onAThread(ExecutorService thread, Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, thread).join();
  }

  @Test
  void shouldNarrowOneThreadOnly() {
    ExecutorService before = Executors.newSingleThreadExecutor();
    ExecutorService narrowed = Executors.newSingleThreadExecutor();
    ExecutorService after = Executors.newSingleThreadExecutor();
    TorchEngine.start(1);
    int all = onAThread(before, TorchEngine::threads);

    onAThread(
        narrowed,
        () -> {
          TorchEngine.narrow(all + 1);
          return null;
        });

    assertThat(onAThread(narrowed, TorchEngine::threads)).isEqualTo(all + 1);
    assertThat(onAThread(before, TorchEngine::threads)).isEqualTo(all);
    assertThat(onAThread(after, TorchEngine::threads)).isEqualTo(all);
    before.shutdown();
    narrowed.shutdown();
    after.shutdown();
  }

  @Test
  void shouldTakeTheCountOfTheLastStart() {
    ExecutorService after = Executors.newSingleThreadExecutor();
    TorchEngine.start(3);
    try {
      TorchEngine.start(2);

      assertThat(TorchEngine.threads()).isEqualTo(2);
      assertThat(onAThread(after, TorchEngine::threads)).isEqualTo(2);
    } finally {
      after.shutdown();
      TorchEngine.start(1);
    }
  }

  private static List<float[]> products(NDManager parent, List<NDArray> left, NDArray right) {
    try (NDManager scratch = TorchEngine.scratch(parent)) {
      return left.stream().map(one -> product(scratch, one, right)).toList();
    }
  }

  private static float[] product(NDManager scratch, NDArray left, NDArray right) {
    NDArray product = left.matMul(right);
    product.attach(scratch);
    return product.toFloatArray();
  }

  @Test
  void shouldGiveTheSameBitsOnAThreadThatHasNotComputed() {
    TorchEngine.start(1);
    ExecutorService fresh = Executors.newSingleThreadExecutor();
    try (NDManager manager = ComputeDevice.cpu().newManager()) {
      NDArray right =
          manager.arange(WIDTH * WIDTH).toType(DataType.FLOAT32, false).sin().reshape(WIDTH, WIDTH);
      List<NDArray> left =
          IntStream.rangeClosed(1, 32)
              .mapToObj(
                  rows ->
                      manager
                          .arange(rows * WIDTH)
                          .toType(DataType.FLOAT32, false)
                          .cos()
                          .reshape(rows, WIDTH))
              .toList();
      List<float[]> expected = products(manager, left, right);

      List<float[]> first = onAThread(fresh, () -> products(manager, left, right));

      assertThat(first).usingElementComparator(Arrays::compare).containsExactlyElementsOf(expected);
    }
    fresh.shutdown();
  }

  @Test
  void shouldNarrowForAWhile() {
    TorchEngine.start(1);
    ExecutorService wide = Executors.newSingleThreadExecutor();
    ExecutorService after = Executors.newSingleThreadExecutor();
    int all = onAThread(after, TorchEngine::threads);
    int wider =
        onAThread(
            wide,
            () -> {
              TorchEngine.narrow(all + 1);
              return TorchEngine.threads();
            });

    assertThat(onAThread(wide, () -> TorchEngine.narrowed(TorchEngine::threads))).isEqualTo(1);

    assertThat(onAThread(wide, TorchEngine::threads)).isEqualTo(wider);
    assertThat(onAThread(Executors.newSingleThreadExecutor(), TorchEngine::threads)).isEqualTo(all);
    wide.shutdown();
    after.shutdown();
  }
}
