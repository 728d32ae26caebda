package io.radstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.trainer.checkpoint.Checkpoint;
import io.radstream.trainer.checkpoint.CheckpointStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
  void shouldNotWaitForAServiceThatIsGone() throws Exception {
    fixture.run(root, fixture.config(NEWEST), serving(3, Instant.now().minus(Duration.ofHours(1))));

    assertThat(left()).containsExactly(10L);
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
