package io.radstream.serving.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.serving.fleet.JudgingStoppedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store of which one checkpoint hangs, as on a mount whose server is gone. */
@Timeout(60)
class StoreReaderTest {

  private static final Duration SHORT = Duration.ofSeconds(1);

  @TempDir private Path store;
  private final CountDownLatch back = new CountDownLatch(1);
  private CheckpointPublished hanging;
  private CheckpointPublished whole;

  @BeforeEach
  void write() {
    hanging = StoredCheckpoint.write(store, "demo", 100).announce();
    whole = StoredCheckpoint.write(store, "demo", 200).announce();
  }

  @AfterEach
  void end() {
    back.countDown();
  }

  private CheckpointDirectory check(CheckpointPublished announced, Runnable read)
      throws RefusedCheckpointException {
    if (announced.equals(hanging)) {
      awaitStore();
    }
    return VerifiedCheckpoint.verify(new CheckpointStore(store), announced, read);
  }

  private void awaitStore() {
    try {
      back.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldLeaveAHangingReadingAloneAndGoOn() throws Exception {
    StoreReader reader = new StoreReader(this::check, SHORT);
    assertThatThrownBy(() -> reader.verified(hanging))
        .isInstanceOfSatisfying(
            RefusedCheckpointException.class, e -> assertThat(e.isForNow()).isTrue())
        .hasMessage("the checkpoint store does not answer");

    CheckpointDirectory other = reader.verified(whole);

    assertThat(other.path()).endsWith(Path.of("000000200"));
  }

  @Test
  void shouldNotTakeAnotherCheckpointOfTheSameDirectoryForTheOneThatHangs() throws Exception {
    StoreReader reader = new StoreReader(this::check, SHORT);
    assertThatThrownBy(() -> reader.verified(hanging))
        .isInstanceOf(RefusedCheckpointException.class);
    CheckpointPublished next = CheckpointPublished.newBuilder(hanging).setRunId("next").build();

    CheckpointDirectory other = reader.verified(next);

    assertThat(other.path()).endsWith(Path.of("000000100"));
  }

  @Test
  void shouldEndTheSameReadingWhenTheStoreIsBack() throws Exception {
    StoreReader reader = new StoreReader(this::check, SHORT);
    assertThatThrownBy(() -> reader.verified(hanging))
        .isInstanceOf(RefusedCheckpointException.class);
    back.countDown();

    CheckpointDirectory late = untilRead(reader);

    assertThat(late.path()).endsWith(Path.of("000000100"));
  }

  private CheckpointDirectory untilRead(StoreReader reader) {
    while (true) {
      try {
        return reader.verified(hanging);
      } catch (RefusedCheckpointException e) {
        assertThat(e.isForNow()).isTrue();
      }
    }
  }

  @Test
  void shouldBeginNoMoreReadingsThanMayHang() {
    StoreReader reader =
        new StoreReader(
            (announced, read) -> {
              awaitStore();
              return VerifiedCheckpoint.verify(new CheckpointStore(store), announced, read);
            },
            SHORT);
    for (int i = 0; i < 10; i++) {
      CheckpointPublished next =
          CheckpointPublished.newBuilder(whole).setUri(whole.getUri() + i).build();
      assertThatThrownBy(() -> reader.verified(next))
          .isInstanceOf(RefusedCheckpointException.class);
    }

    long threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("read-checkpoint"))
            .count();

    assertThat(threads).isLessThanOrEqualTo(4);
  }

  @Test
  void shouldLetGoWhoWaitsWhereTheServiceStops() throws Exception {
    StoreReader reader = new StoreReader(this::check, Duration.ofHours(1));
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                reader.verified(hanging);
              } catch (RefusedCheckpointException | RuntimeException e) {
                ended.complete(e);
              }
            });
    waiting.start();

    reader.stop();

    assertThat(ended.get()).isInstanceOf(JudgingStoppedException.class);
  }
}
