package io.radstream.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TorchEngineTest {

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
}
