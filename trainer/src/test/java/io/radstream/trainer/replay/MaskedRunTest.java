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

/** A run that restores what is hidden of pictures and reports, and again. */
class MaskedRunTest {

  private static final String[] MASKED = {
    "schedule.steps=6",
    "model.objectives.contrastive=0",
    "model.objectives.language=0",
    "model.objectives.masked.pictures=1",
    "model.objectives.masked.reports=1",
    "model.objectives.masked.pictureLayers=1",
    "model.objectives.masked.reportLayers=1"
  };

  @TempDir private Path root;
  @RegisterExtension private final RunFixture fixture = new RunFixture();

  @Test
  void shouldLearnFromStudiesWithAndWithoutReportAndBeReplayedToTheBit() throws Exception {
    StudyTuple unreported =
        StudyTuple.newBuilder(fixture.study("silent", 1))
            .setTokens(List.of())
            .setMirroredTokens(List.of())
            .build();
    fixture.append(Topic.TUPLES_TRAIN, 1, unreported);

    RunSummary run = fixture.run(root, fixture.config(MASKED), TrainingListener.none());

    assertThat(run.studies()).isEqualTo(RunFixture.STUDIES + 1);
    assertThat(run.last().orElseThrow().byObjective().keySet())
        .containsExactly("masked_pictures", "masked_reports");
    assertThat(run.validation())
        .containsOnlyKeys(
            "validation_loss", "validation_loss_masked_pictures", "validation_loss_masked_reports");
    Checkpoint checkpoint = new CheckpointStore(root).load("line", 6);
    assertThat(Files.readString(checkpoint.directory().resolve("README.md")))
        .contains("radiographs and their free-text reports, without labels");
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
