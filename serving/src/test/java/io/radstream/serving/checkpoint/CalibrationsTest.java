package io.radstream.serving.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.checkpoints.CalibratedFinding;
import io.radstream.checkpoints.CalibrationFile;
import io.radstream.checkpoints.CheckpointCalibration;
import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.evaluation.FittedCalibration;
import io.radstream.evaluation.Platt;
import io.radstream.radiology.Sha256;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.serving.decisions.DecisionLog;
import io.radstream.serving.decisions.LocalTopic;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.ScoringModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationsTest {

  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  @TempDir private Path store;
  private final AtomicInteger changes = new AtomicInteger();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final DecisionLog log = new LocalTopic().read("test", meters);
  private final Announcements announcements = new Announcements(log);
  private CheckpointPublished announced;
  private CalibrationFile file;
  private LoadedModels models;
  private Calibrations calibrations;

  @BeforeEach
  void announce() {
    StoredCheckpoint checkpoint = StoredCheckpoint.write(store, "demo", 400);
    announced = checkpoint.announce();
    announcements.add(announced);
    file = new CalibrationFile(new CheckpointDirectory(checkpoint.directory()));
    models =
        new LoadedModels(
            new ModelFleet(),
            new CheckpointCatalog(changed -> {}),
            announcements,
            log,
            true,
            CLOCK,
            CheckpointSpans.none());
    calibrations =
        new Calibrations(
            new CheckpointStore(store), announcements, models, true, changes::incrementAndGet);
  }

  private ScoringModel load() throws Exception {
    ScoringModel model =
        new CheckpointLoader(
                store, FakeNetwork.PROMPTS, (config, weights) -> new FakeNetwork(), CLOCK)
            .load(announced);
    models.take(Announcements.ref(announced), model);
    return model;
  }

  private static CheckpointCalibration calibration(String weights, double slope) {
    return new CheckpointCalibration(
        weights,
        new CheckpointCalibration.Panel(Sha256.of("panel"), 20, 20),
        List.of(
            new CalibratedFinding(
                new CalibratedFinding.Scored(
                    "bright", Optional.of(FakeNetwork.PROMPTS.findings().get(0).sha256())),
                new FittedCalibration(
                    new Platt(slope, 0),
                    Optional.empty(),
                    20,
                    10,
                    Optional.empty(),
                    Optional.empty()))),
        Optional.empty());
  }

  private String weights() {
    return announced.getFiles().get("model.safetensors");
  }

  /** As if it were written later, whatever the clock of the file system can tell apart. */
  private void touch(long second) throws Exception {
    Files.setLastModifiedTime(file.path(), FileTime.from(Instant.ofEpochSecond(second)));
  }

  @Test
  void shouldLoadACheckpointWithItsCalibration() throws Exception {
    String sha256 = file.write(calibration(weights(), 0.5));

    ScoringModel model = load();

    assertThat(model.calibration().sha256()).hasValue(sha256);
    assertThat(model.calibration().reason()).isEmpty();
  }

  @Test
  void shouldTakeUpOneThatComesLaterAndOneThatTakesItsPlace() throws Exception {
    ScoringModel model = load();
    calibrations.look();
    assertThat(model.calibration().sha256()).isEmpty();

    String first = file.write(calibration(weights(), 0.5));
    touch(1);
    calibrations.look();
    assertThat(model.calibration().sha256()).hasValue(first);

    String second = file.write(calibration(weights(), 0.25));
    touch(2);
    calibrations.look();
    assertThat(model.calibration().sha256()).hasValue(second);

    Files.delete(file.path());
    calibrations.look();
    assertThat(model.calibration().sha256()).isEmpty();
    assertThat(changes).hasValue(3);
  }

  @Test
  void shouldTakeUpOneWhoseVectorsComeLater() throws Exception {
    String sha256 = file.write(withVectors());
    Path vectors = file.path().resolveSibling(CalibrationFile.FAMILIAR);
    byte[] content = Files.readAllBytes(vectors);
    Files.delete(vectors);
    ScoringModel model = load();
    calibrations.look();
    assertThat(model.calibration().sha256()).isEmpty();

    Files.write(vectors, content);
    calibrations.look();

    assertThat(model.calibration().sha256()).hasValue(sha256);
    assertThat(changes).hasValue(1);
  }

  private CheckpointCalibration withVectors() {
    CheckpointCalibration plain = calibration(weights(), 0.5);
    CheckpointCalibration.Bank bank = new CheckpointCalibration.Bank(new float[][] {{1, 0}}, 0.125);
    return new CheckpointCalibration(
        plain.model(),
        plain.panel(),
        plain.findings(),
        Optional.of(new CheckpointCalibration.Familiarity(bank, bank, 1, 0.99)));
  }

  @Test
  void shouldServeACheckpointWithoutACalibrationThatIsDamagedOrForeign() throws Exception {
    file.write(calibration(Sha256.of("other weights"), 0.5));

    ScoringModel foreign = load();
    Files.writeString(file.path(), "not json");
    touch(1);
    calibrations.look();

    assertThat(foreign.calibration().sha256()).isEmpty();
    assertThat(foreign.calibration().reason())
        .hasValue("calibration.json: it is not the JSON of a calibration");
  }

  @Test
  void shouldSayWhyAForeignOneIsNotUsed() throws Exception {
    file.write(calibration(Sha256.of("other weights"), 0.5));

    assertThat(load().calibration().reason())
        .hasValueSatisfying(why -> assertThat(why).contains("other weights"));
  }

  @Test
  void shouldGoOnLookingWhateverOneLookEndsWith() throws Exception {
    ScoringModel model = load();
    Calibrations failing =
        new Calibrations(
            new CheckpointStore(store),
            announcements,
            models,
            true,
            () -> {
              throw new NoClassDefFoundError("a library is gone");
            });
    String first = file.write(calibration(weights(), 0.5));

    // Throws nothing, or the schedule would end.
    failing.look();

    assertThat(model.calibration().sha256()).hasValue(first);
  }
}
