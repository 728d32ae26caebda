package io.radstream.trainer.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.trainer.run.RunFixture;
import io.radstream.trainer.run.RunSummary;
import io.radstream.trainer.run.TrainingListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A run of a residual network that compares pictures, from topics to a checkpoint and again. */
class ComparisonRunTest {

  private static final String[] COMPARING = {
    "schedule.steps=6",
    "checkpoint.every=3",
    "model.radiograph.encoder=convolutional",
    "model.radiograph.residual.blocks=[1, 1]",
    "model.radiograph.residual.width=4",
    "model.objectives.contrastive=0",
    "model.objectives.language=0",
    "model.objectives.comparison.weight=1",
    "model.objectives.comparison.width=8",
    "model.objectives.comparison.queue=32"
  };

  @TempDir private Path root;
  @RegisterExtension private final RunFixture fixture = new RunFixture();

  @Test
  void shouldBeReplayedToTheBitFromTheBeginningAndFromACheckpoint() throws Exception {
    RunSummary run = fixture.run(root, fixture.config(COMPARING), TrainingListener.none());

    assertThat(run.last().orElseThrow().byObjective().keySet()).containsExactly("c2l");
    assertThat(run.validation()).containsOnlyKeys("validation_loss", "validation_loss_c2l");
    Path checkpoint = new CheckpointStore(root).load("line", 3).directory();
    for (Optional<Path> from : List.of(Optional.<Path>empty(), Optional.of(checkpoint))) {
      ReplaySummary again =
          fixture.replay(
              new ReplayRequest(
                  run.runId(), Optional.empty(), from, List.of(), Optional.empty(), Optional.of(1)),
              root,
              ReplayListener.none());
      assertThat(again.difference()).isEmpty();
      assertThat(again.identical()).isTrue();
    }
  }
}
