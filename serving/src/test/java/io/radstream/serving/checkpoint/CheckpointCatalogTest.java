package io.radstream.serving.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.serving.fleet.KnownCheckpoint;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointCatalogTest {

  @TempDir private Path store;

  @Test
  void shouldBeLookedAtWhileAnotherThreadChangesIt() {
    CheckpointCatalog catalog = new CheckpointCatalog(changed -> {});
    catalog.announced(KnownCheckpoint.of(StoredCheckpoint.write(store, "demo", 100).announce()));
    AtomicReference<List<KnownCheckpoint>> seen = new AtomicReference<>();

    catalog.settled(
        Map.of(),
        checkpoint -> {
          seen.set(
              CompletableFuture.supplyAsync(catalog::newestFirst)
                  .orTimeout(30, TimeUnit.SECONDS)
                  .join());
          return Optional.empty();
        },
        checkpoint -> Optional.empty(),
        Instant.EPOCH);

    assertThat(seen.get()).extracting(KnownCheckpoint::step).containsExactly(100L);
  }
}
