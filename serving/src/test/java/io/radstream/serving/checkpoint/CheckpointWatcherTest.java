package io.radstream.serving.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class CheckpointWatcherTest {

  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  @TempDir private Path store;
  private final ModelFleet fleet = new ModelFleet();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final CheckpointCatalog catalog = new CheckpointCatalog(changed -> {});
  private final List<FakeNetwork> networks = new ArrayList<>();

  private CheckpointWatcher watcher(Optional<String> line) {
    return watcher(
        line,
        (config, weights) -> {
          networks.add(new FakeNetwork());
          return networks.get(networks.size() - 1);
        });
  }

  private CheckpointWatcher watcher(Optional<String> line, NetworkLoader loader) {
    return KeptFleet.of(
            "here",
            new KeptFleet.Parts(store, loader, new NewestWins(), line),
            fleet,
            catalog,
            new LocalTopic().read("test", meters),
            CLOCK,
            meters,
            Runnable::run)
        .watcher();
  }

  @Test
  void shouldLoadOnlyTheNewestOfThePast() {
    CheckpointWatcher watcher = watcher(Optional.empty());

    watcher.accept(List.of(good(100), good(200)), false);
    long loadedBefore = fleet.hotLoads();
    watcher.accept(List.of(good(300)), true);

    assertThat(loadedBefore).isZero();
    assertThat(live()).isEqualTo("demo-000000300");
    assertThat(networks).hasSize(1);
  }

  @Test
  void shouldReplaceTheLiveOneByEachNewOne() {
    CheckpointWatcher watcher = watcher(Optional.empty());
    watcher.accept(List.of(good(100)), true);

    watcher.accept(List.of(good(200)), true);

    assertThat(live()).isEqualTo("demo-000000200");
    assertThat(fleet.hotLoads()).isEqualTo(2);
    assertThat(networks).extracting(FakeNetwork::closed).containsExactly(0, 0);
    assertThat(catalog.newestFirst())
        .extracting(KnownCheckpoint::state)
        .hasExactlyElementsOfTypes(State.Live.class, State.Replaced.class);
  }

  @Test
  void shouldKeepTheLiveOneWhereTheNewOneIsDamaged() {
    CheckpointWatcher watcher = watcher(Optional.empty());
    watcher.accept(List.of(good(100)), true);

    watcher.accept(List.of(damaged(200)), true);

    assertThat(live()).isEqualTo("demo-000000100");
    assertThat(networks.get(0).closed()).isZero();
    assertThat(meters.get("radstream.checkpoints.refused").counter().count()).isEqualTo(1);
    assertThat(catalog.newestFirst().get(0).state())
        .isInstanceOfSatisfying(
            State.Waiting.class, waiting -> assertThat(waiting.reason()).contains("sha256"));
  }

  @Test
  void shouldGoOnAfterADamagedOne() {
    CheckpointWatcher watcher = watcher(Optional.empty());
    watcher.accept(List.of(good(100)), true);
    watcher.accept(List.of(damaged(200)), true);

    watcher.accept(List.of(good(300)), true);

    assertThat(live()).isEqualTo("demo-000000300");
  }

  @Test
  void shouldRefuseOneThatDoesNotFitIntoMemoryAndGoOn() {
    Path huge = store.resolve("demo/000000200");
    CheckpointWatcher watcher =
        watcher(
            Optional.empty(),
            (config, weights) -> {
              if (weights.getParent().endsWith(huge.getFileName())) {
                throw new OutOfMemoryError("Java heap space");
              }
              return new FakeNetwork();
            });

    watcher.accept(List.of(good(100), good(200)), true);

    assertThat(live()).isEqualTo("demo-000000100");
    assertThat(catalog.newestFirst().get(0).state())
        .isInstanceOfSatisfying(
            State.Refused.class,
            refused -> assertThat(refused.reason()).contains("loading it failed", "heap space"));
  }

  @Test
  void shouldNotTryARefusedOneTwiceWhereItIsAnnouncedAgain() {
    CheckpointWatcher watcher = watcher(Optional.empty());
    List<CheckpointPublished> announcements = List.of(good(100), damaged(200));
    watcher.accept(announcements, false);

    watcher.accept(announcements, true);

    assertThat(meters.get("radstream.checkpoints.refused").counter().count()).isEqualTo(1);
    assertThat(live()).isEqualTo("demo-000000100");
  }

  @Test
  void shouldStartWithTheNewestThatIsWhole() {
    CheckpointWatcher watcher = watcher(Optional.empty());

    watcher.accept(List.of(good(100), good(200), damaged(300)), true);

    assertThat(live()).isEqualTo("demo-000000200");
  }

  @Test
  void shouldServeOnlyTheChosenLine() {
    CheckpointWatcher watcher = watcher(Optional.of("demo"));

    watcher.accept(
        List.of(good(100), StoredCheckpoint.write(store, "other", 900).announce()), true);

    assertThat(live()).isEqualTo("demo-000000100");
    assertThat(catalog.newestFirst()).extracting(KnownCheckpoint::line).containsOnly("demo");
  }

  @Test
  void shouldTellOnceThatOnlyOtherLinesWereAnnounced() {
    ListAppender<ILoggingEvent> told = new ListAppender<>();
    told.start();
    Logger logger = (Logger) LoggerFactory.getLogger(CheckpointWatcher.class);
    logger.addAppender(told);
    CheckpointWatcher watcher = watcher(Optional.of("dmeo"));

    watcher.accept(List.of(good(100)), false);
    watcher.accept(List.of(), true);
    watcher.accept(List.of(good(200)), true);

    logger.detachAppender(told);
    assertThat(told.list).hasSize(1);
    assertThat(told.list.get(0).getKeyValuePairs())
        .extracting(pair -> pair.key + "=" + pair.value)
        .containsExactly("line=dmeo", "others=[demo]");
  }

  @Test
  void shouldTakeTheNewestOfAllLinesByTime() {
    CheckpointWatcher watcher = watcher(Optional.empty());

    watcher.accept(
        List.of(StoredCheckpoint.write(store, "other", 900).announce(), good(100)), true);

    assertThat(live()).isEqualTo("other-000000900");
  }

  @Test
  void shouldTakeTheLastOfALineWhateverItsClockSays() {
    CheckpointWatcher watcher = watcher(Optional.empty());
    Instant ahead = Instant.EPOCH.plus(Duration.ofDays(3650));
    watcher.accept(List.of(at(good(100), ahead)), true);

    watcher.accept(List.of(good(200), good(300)), true);

    assertThat(live()).isEqualTo("demo-000000300");
    assertThat(catalog.newestFirst())
        .extracting(KnownCheckpoint::id)
        .containsExactly("demo-000000300", "demo-000000200", "demo-000000100");
  }

  @Test
  void shouldStartWithTheLastOfALineWhateverTheClockOfAnEarlierOne() {
    CheckpointWatcher watcher = watcher(Optional.empty());
    Instant ahead = Instant.EPOCH.plus(Duration.ofDays(3650));

    watcher.accept(List.of(good(100), at(good(200), ahead), good(300)), true);

    assertThat(live()).isEqualTo("demo-000000300");
    assertThat(networks).hasSize(1);
  }

  @Test
  void shouldTakeNoCheckpointForNewerThatIsAnnouncedAgain() {
    CheckpointWatcher watcher = watcher(Optional.empty());
    CheckpointPublished first = good(100);

    watcher.accept(List.of(first, good(200), first), true);

    assertThat(live()).isEqualTo("demo-000000200");
  }

  private static CheckpointPublished at(CheckpointPublished announced, Instant time) {
    return CheckpointPublished.newBuilder(announced).setTime(time).build();
  }

  private String live() {
    return fleet.live().map(ModelIdentity::checkpointId).orElse("none");
  }

  private CheckpointPublished good(long step) {
    return StoredCheckpoint.write(store, "demo", step).announce();
  }

  private CheckpointPublished damaged(long step) {
    StoredCheckpoint checkpoint = StoredCheckpoint.write(store, "demo", step);
    CheckpointPublished announced = checkpoint.announce();
    try {
      checkpoint.put("model.safetensors", new byte[] {0});
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return announced;
  }
}
