package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.TopicFollower;
import io.radstream.serving.ScoringService;
import io.radstream.serving.ServingConfig;
import io.radstream.serving.calibration.CalibrationFollower;
import io.radstream.serving.calibration.CheckpointCalibrator;
import io.radstream.serving.calibration.Effort;
import io.radstream.serving.calibration.KnownStudies;
import io.radstream.serving.score.PromptSet;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint is calibrated on a site's panel, and the service answers by it. */
@ExtendWith(SharedCluster.class)
class CalibrationEndToEndTest {

  @TempDir private static Path folder;

  @BeforeAll
  static void trainShortly(KafkaConnection connection) throws Exception {
    Invocation.on(connection, "publish", "synthetic", "--studies=80", "--view-size=64").json();
    Invocation.on(
            connection,
            "train",
            "--tokenizer=" + StagedStudies.in(folder, connection),
            "--store=" + folder.resolve("store"),
            "--line=short",
            "--steps=2",
            "--set=batch=8")
        .json();
    LabelledPanel.write(folder, 60);
  }

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldAnswerByWhatWasMeasuredOnThePanel(KafkaConnection connection) throws Exception {
    Path store = folder.resolve("store");

    JsonNode written =
        Invocation.on(
                connection, "calibrate", "--store=" + store, "--line=short", "--panel=" + folder)
            .json();

    assertThat(written.get("checkpoint_id").asText()).isEqualTo("short-000000002");
    assertThat(written.get("studies").asInt()).isEqualTo(60);
    assertThat(written.get("familiar").asInt()).isGreaterThanOrEqualTo(50);
    assertThat(row(written, "effusion").get("present").asInt()).isEqualTo(30);
    assertThat(row(written, "pneumothorax").get("method").asText()).isEqualTo("too_few");
    try (ScoringService service =
        LiveService.start(connection, ServingConfig.of(store).withLine(Optional.of("short")))) {
      JsonNode answer = LiveService.score(service, LabelledPanel.picture(0));
      assertThat(answer.at("/calibration/sha256").asText())
          .isEqualTo(written.get("sha256").asText());
      assertThat(answer.at("/familiarity/picture/threshold").asDouble())
          .isEqualTo(written.get("picture_threshold").asDouble());
      assertThat(answer.get("rawProbabilities")).hasSameSizeAs(answer.get("probabilities"));
    }
  }

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldCalibrateWhatIsAnnounced(KafkaConnection connection) throws Exception {
    BlockingQueue<CheckpointCalibrator.Written> told = new LinkedBlockingQueue<>();
    CheckpointCalibrator calibrator =
        new CheckpointCalibrator(
            new PanelFile(folder).read(),
            PromptSet.builtIn(),
            KnownStudies.NONE,
            DeviceChoice.auto().start(1),
            InstantSource.system());
    CalibrationFollower follower =
        new CalibrationFollower(
            new CheckpointStore(folder.resolve("store")),
            Optional.of("short"),
            calibrator,
            Effort.NONE,
            told::add);

    try (TopicFollower<CheckpointPublished> topic =
        TopicFollower.of(connection, Topic.CHECKPOINTS, CheckpointPublished.class, follower)) {
      topic.start();
      CheckpointCalibrator.Written written = told.poll(4, TimeUnit.MINUTES);

      assertThat(written.checkpointId()).isEqualTo("short-000000002");
      assertThat(written.calibrated().withoutFamiliarity()).isPresent();
    }
  }

  private static JsonNode row(JsonNode written, String finding) {
    return written.get("findings").findParents("finding").stream()
        .filter(row -> row.get("finding").asText().equals(finding))
        .findFirst()
        .orElseThrow();
  }
}
