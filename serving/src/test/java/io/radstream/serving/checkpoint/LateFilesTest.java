package io.radstream.serving.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.serving.decisions.LocalTopic;
import io.radstream.serving.fleet.KnownCheckpoint;
import io.radstream.serving.fleet.KnownCheckpoint.State;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.fleet.NewestWins;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.ModelIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is copied to another place, and whose files come after the announcement. */
class LateFilesTest {

  private static final String WEIGHTS = "model.safetensors";

  @TempDir private Path store;
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final List<Path> loaded = new ArrayList<>();
  private ModelFleet fleet;
  private Instant now = Instant.EPOCH;
  private NetworkLoader networks =
      (config, weights) -> {
        loaded.add(weights);
        return new FakeNetwork();
      };
  private KeptFleet kept;

  @BeforeEach
  void start() {
    fleet = new ModelFleet();
    kept =
        KeptFleet.of(
            "here",
            new KeptFleet.Parts(
                store,
                (config, weights) -> networks.load(config, weights),
                new NewestWins(),
                Optional.empty()),
            fleet,
            new CheckpointCatalog(changed -> {}),
            new LocalTopic().read("test", meters),
            () -> now,
            meters,
            Runnable::run);
  }

  private StoredCheckpoint written(long step) {
    return StoredCheckpoint.write(store, "demo", step);
  }

  private void pass(Duration time) {
    now = now.plus(time);
    kept.keeper().lookAgain();
  }

  private String live() {
    return fleet.live().map(ModelIdentity::checkpointId).orElse("none");
  }

  private State state(long step) {
    return kept.catalog()
        .find("demo-%09d".formatted(step))
        .map(KnownCheckpoint::state)
        .orElseThrow();
  }

  @Test
  void shouldTakeACheckpointWhoseLastFileComesLater() throws IOException {
    kept.announce(written(100).announce());
    StoredCheckpoint late = written(200);
    CheckpointPublished announced = late.announce();
    Path away = Files.move(late.directory().resolve(WEIGHTS), store.resolve("away"));
    kept.announce(announced);
    State before = state(200);
    Files.move(away, late.directory().resolve(WEIGHTS));

    pass(Duration.ofSeconds(5));

    assertThat(before)
        .isEqualTo(new State.Waiting("file " + WEIGHTS + " is missing", Instant.ofEpochSecond(5)));
    assertThat(live()).isEqualTo("demo-000000200");
    assertThat(state(200)).isInstanceOf(State.Live.class);
  }

  @Test
  void shouldTakeACheckpointThatWasHalfCopied() throws IOException {
    StoredCheckpoint late = written(200);
    CheckpointPublished announced = late.announce();
    late.put(WEIGHTS, new byte[] {1});
    late.put(".model.safetensors.Xy12", new byte[] {2});
    kept.announce(announced);
    Files.delete(late.directory().resolve(".model.safetensors.Xy12"));
    late.put(WEIGHTS, "weights".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    pass(Duration.ofSeconds(5));

    assertThat(live()).isEqualTo("demo-000000200");
  }

  @Test
  void shouldLookAfterPausesThatGrowToAnHour() throws IOException {
    CheckpointPublished announced = written(200).announce();
    Files.delete(store.resolve("demo/000000200").resolve(WEIGHTS));
    kept.announce(announced);
    List<Duration> pauses = new ArrayList<>();

    for (int i = 0; i < 12; i++) {
      Instant next = ((State.Waiting) state(200)).nextLook();
      pauses.add(Duration.between(now, next));
      pass(Duration.between(now, next));
    }

    assertThat(pauses).startsWith(Duration.ofSeconds(5), Duration.ofSeconds(10));
    assertThat(pauses).endsWith(Duration.ofMinutes(60), Duration.ofMinutes(60));
    assertThat(meters.get("radstream.checkpoints.refused").counter().count()).isEqualTo(1);
  }

  @Test
  void shouldNotLookBeforeItIsTime() throws IOException {
    StoredCheckpoint late = written(200);
    CheckpointPublished announced = late.announce();
    late.put(WEIGHTS, new byte[] {1});
    kept.announce(announced);
    late.put(WEIGHTS, "weights".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    pass(Duration.ofSeconds(4));

    assertThat(live()).isEqualTo("none");
  }

  @Test
  void shouldNotWaitUntilAClockThatWentBackHasCaughtUp() throws IOException {
    StoredCheckpoint late = written(200);
    CheckpointPublished announced = late.announce();
    late.put(WEIGHTS, new byte[] {1});
    now = now.plus(Duration.ofDays(1));
    kept.announce(announced);
    late.put(WEIGHTS, "weights".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    pass(Duration.ofDays(-1));

    assertThat(live()).isEqualTo("demo-000000200");
  }

  @Test
  void shouldGiveUpOneThatANewerOneHasCome() throws IOException {
    StoredCheckpoint late = written(200);
    CheckpointPublished announced = late.announce();
    late.put(WEIGHTS, new byte[] {1});
    kept.announce(announced);

    kept.announce(written(300).announce());

    assertThat(live()).isEqualTo("demo-000000300");
    assertThat(state(200)).isInstanceOf(State.Refused.class);
  }

  @Test
  void shouldNotDelayAWholeOneOfAnotherLine() throws IOException {
    StoredCheckpoint late = written(200);
    CheckpointPublished announced = late.announce();
    late.put(WEIGHTS, new byte[] {1});

    kept.announce(StoredCheckpoint.write(store, "other", 100).announce(), announced);

    assertThat(live()).isEqualTo("other-000000100");
    assertThat(state(200)).isInstanceOf(State.Waiting.class);
  }

  @Test
  void shouldWaitForADirectoryThatVanishesWhileItIsRead() throws IOException {
    NetworkLoader good = networks;
    StoredCheckpoint vanishing = written(200);
    Path away = store.resolve("away");
    networks =
        (config, weights) -> {
          Files.move(vanishing.directory(), away);
          throw new IOException("no such file");
        };
    kept.announce(vanishing.announce());
    State before = state(200);
    Files.move(away, vanishing.directory());
    networks = good;

    pass(Duration.ofSeconds(5));

    assertThat(before)
        .isInstanceOfSatisfying(
            State.Waiting.class,
            waiting -> assertThat(waiting.reason()).contains("cannot be found"));
    assertThat(live()).isEqualTo("demo-000000200");
  }

  @Test
  void shouldNotOpenAPipeInThePlaceOfAFile() throws Exception {
    StoredCheckpoint odd = written(200);
    CheckpointPublished announced = odd.announce();
    Path weights = odd.directory().resolve(WEIGHTS);
    Files.delete(weights);
    org.junit.jupiter.api.Assumptions.assumeTrue(
        new ProcessBuilder("mkfifo", weights.toString()).start().waitFor() == 0,
        "there is no mkfifo");

    kept.announce(written(100).announce(), announced);

    assertThat(state(200)).isEqualTo(new State.Refused(WEIGHTS + " is not a plain file"));
    assertThat(live()).isEqualTo("demo-000000100");
  }
}
