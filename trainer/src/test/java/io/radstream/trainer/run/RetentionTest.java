package io.radstream.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.trainer.figures.MetricNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Which checkpoints are left of those after each of ten steps. */
class RetentionTest {

  private static final String[] NEWEST = {
    "schedule.steps=10", "checkpoint.every=1", "checkpoint.keepLast=1", "checkpoint.keepBest=false"
  };

  @TempDir private Path root;
  @RegisterExtension private final RunFixture fixture = new RunFixture();

  @Test
  void shouldKeepWhatAServiceHasLive() throws Exception {
    fixture.run(root, fixture.config(NEWEST), serving(3, Instant.now()));

    assertThat(left()).containsExactly(3L, 10L);
  }

  @Test
  void shouldKeepWhatAServiceHasLiveWhoseClockIsSlow() throws Exception {
    fixture.run(root, fixture.config(NEWEST), serving(3, Instant.now().minus(Duration.ofHours(1))));

    assertThat(left()).containsExactly(3L, 10L);
  }

  @Test
  void shouldKeepWhatAServiceHasLiveWhenTheClockIsSetAnHourForward() throws Exception {
    AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    InstantSource clock = () -> Instant.now().plus(ahead.get());
    fixture.clock(clock.withZone(ZoneOffset.UTC));
    fixture.live("line-000000003", Instant.now());

    fixture.run(
        root,
        fixture.config(NEWEST),
        atCheckpoint(5, checkpoint -> ahead.set(Duration.ofHours(1))));

    assertThat(left()).containsExactly(3L, 10L);
  }

  @Test
  void shouldKeepOneOfEachInterval() throws Exception {
    String[] intervals = {NEWEST[0], NEWEST[1], NEWEST[2], NEWEST[3], "checkpoint.keepEvery=4"};

    fixture.run(root, fixture.config(intervals), TrainingListener.none());

    assertThat(left()).containsExactly(1L, 5L, 9L, 10L);
  }

  @Test
  void shouldKeepTheBest() throws Exception {
    String[] best = {NEWEST[0], NEWEST[1], NEWEST[2]};
    List<Double> losses = new ArrayList<>();
    TrainingListener collect =
        new TrainingListener() {
          @Override
          public void validated(long step, Map<String, Double> figures) {
            losses.add(figures.get(MetricNames.VALIDATION_LOSS));
          }
        };

    fixture.run(root, fixture.config(best), collect);

    long lowest = 1L + losses.indexOf(Collections.min(losses));
    assertThat(left()).contains(lowest, 10L);
  }

  @Test
  void shouldGoOnWhereAnOldCheckpointIsDamaged() throws Exception {
    fixture.run(root, fixture.config(NEWEST), atCheckpoint(3, this::damage));

    assertThat(root.resolve("line")).isDirectoryContaining("glob:**/000000003");
    assertThat(new CheckpointStore(root).load("line", 10).state().step()).isEqualTo(10);
    assertThat(fixture.steps()).hasSize(10);
  }

  @Test
  void shouldGoOnWhereAnOldCheckpointCannotBeDeleted() throws Exception {
    fixture.run(root, fixture.config(NEWEST), atCheckpoint(3, this::standInTheWay));

    assertThat(left()).containsExactly(3L, 10L);
  }

  @Test
  void shouldBeginBesideAnOldCheckpointThatIsDamaged() throws Exception {
    fixture.run(root, fixture.config(NEWEST), atCheckpoint(3, this::damage));

    RunSummary next =
        fixture.run(root, fixture.config("schedule.steps=12"), TrainingListener.none());

    assertThat(next.step()).isEqualTo(12);
  }

  /** While the next ones are being trained. */
  private static TrainingListener atCheckpoint(long step, Consumer<Checkpoint> happens) {
    return new TrainingListener() {
      @Override
      public void checkpointed(Checkpoint checkpoint) {
        if (checkpoint.state().step() == step) {
          happens.accept(checkpoint);
        }
      }
    };
  }

  private void damage(Checkpoint checkpoint) {
    try {
      Files.createDirectories(checkpoint.directory());
      Files.writeString(checkpoint.file(Checkpoint.STATE), "{");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is moved to be deleted there is something, which no right can overcome. */
  private void standInTheWay(Checkpoint checkpoint) {
    try {
      Files.createDirectories(root.resolve("line/.deleting-000000003/in the way"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TrainingListener serving(long step, Instant said) {
    return new TrainingListener() {
      @Override
      public void stepped(StepReport report) {
        if (report.step() == step) {
          fixture.live("line-00000000" + step, said);
        }
      }
    };
  }

  private List<Long> left() throws IOException {
    return new CheckpointStore(root)
        .list("line").stream().map(Checkpoint::state).map(state -> state.step()).toList();
  }
}
