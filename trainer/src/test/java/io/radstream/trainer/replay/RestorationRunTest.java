package io.radstream.trainer.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.trainer.run.RunFixture;
import io.radstream.trainer.run.RunSummary;
import io.radstream.trainer.run.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A run that restores pictures, from topics to a checkpoint and again. */
class RestorationRunTest {

  private static final String[] RESTORING = {
    "schedule.steps=6",
    "model.objectives.contrastive=0",
    "model.objectives.language=0",
    "model.objectives.restoration.context=1",
    "model.objectives.restoration.genesis=0.5",
    "model.objectives.restoration.words=2"
  };

  @TempDir private Path root;
  @RegisterExtension private final RunFixture fixture = new RunFixture();

  @Test
  void shouldLearnFromPicturesAloneAndBeReplayedToTheBit() throws Exception {
    StudyTuple unreported =
        StudyTuple.newBuilder(fixture.study("silent", 1))
            .setTokens(List.of())
            .setMirroredTokens(List.of())
            .build();
    fixture.append(Topic.TUPLES_TRAIN, 1, unreported);

    RunSummary run = fixture.run(root, fixture.config(RESTORING), TrainingListener.none());

    assertThat(run.studies()).isEqualTo(RunFixture.STUDIES + 1);
    assertThat(run.last().orElseThrow().byObjective().keySet())
        .containsExactly("context_restoration", "models_genesis", "transvw");
    assertThat(run.validation())
        .containsOnlyKeys(
            "validation_loss",
            "validation_loss_context_restoration",
            "validation_loss_models_genesis",
            "validation_loss_transvw");
    Checkpoint checkpoint = new CheckpointStore(root).load("line", 6);
    assertThat(Files.readString(checkpoint.directory().resolve("README.md")))
        .contains("radiographs alone, without reports or labels");
    ReplaySummary again =
        fixture.replay(
            new ReplayRequest(
                run.runId(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of(1)),
            root,
            ReplayListener.none());
    assertThat(again.difference()).isEmpty();
    assertThat(again.identical()).isTrue();
  }
}
