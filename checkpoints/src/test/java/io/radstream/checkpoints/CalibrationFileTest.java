package io.radstream.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.evaluation.Calibration;
import io.radstream.evaluation.CalibrationFigures;
import io.radstream.evaluation.FittedCalibration;
import io.radstream.evaluation.Isotonic;
import io.radstream.evaluation.Platt;
import io.radstream.radiology.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationFileTest {

  private static final String WEIGHTS = Sha256.of("weights");
  private static final CalibrationFigures BEFORE = new CalibrationFigures(0.25, 0.125);
  private static final CalibrationFigures AFTER = new CalibrationFigures(0.125, 0.0625);

  @TempDir private Path line;
  private CheckpointDirectory checkpoint;
  private CalibrationFile file;

  @BeforeEach
  void write() throws IOException {
    checkpoint = new CheckpointDirectory(Files.createDirectory(line.resolve("000000001")));
    Files.writeString(checkpoint.file("model.safetensors"), "weights");
    file = new CalibrationFile(checkpoint);
  }

  private static FittedCalibration fitted(Calibration calibration) {
    return new FittedCalibration(
        calibration, Optional.empty(), 40, 12, Optional.of(BEFORE), Optional.of(AFTER));
  }

  private static CheckpointCalibration calibration(float... vector) {
    return new CheckpointCalibration(
        WEIGHTS,
        new CheckpointCalibration.Panel(Sha256.of("panel"), 60, 50),
        List.of(
            new CalibratedFinding(
                new CalibratedFinding.Scored("effusion", Optional.of(Sha256.of("sentences"))),
                fitted(new Platt(0.5, -0.25))),
            new CalibratedFinding(
                new CalibratedFinding.Scored("effusion", Optional.empty()),
                fitted(
                    new Isotonic(
                        List.of(new Isotonic.Point(0.25, 0.125), new Isotonic.Point(0.5, 0.75))))),
            new CalibratedFinding(
                new CalibratedFinding.Scored("mass", Optional.empty()),
                new FittedCalibration(
                    new Calibration.Identity(),
                    Optional.of(FittedCalibration.Reason.TOO_FEW),
                    3,
                    1,
                    Optional.empty(),
                    Optional.empty()))),
        vector.length == 0
            ? Optional.empty()
            : Optional.of(
                new CheckpointCalibration.Familiarity(
                    new CheckpointCalibration.Bank(new float[][] {vector, {0, 1}}, 0.125),
                    new CheckpointCalibration.Bank(new float[][] {{1}, {1}, {-1}}, 0.5),
                    2,
                    0.99)));
  }

  private CheckpointCalibration usable() {
    return ((CalibrationState.Usable) file.read(WEIGHTS)).calibration();
  }

  private String reason() {
    return ((CalibrationState.Unusable) file.read(WEIGHTS)).reason();
  }

  @Test
  void shouldReadWhatWasWritten() throws IOException {
    String sha256 = file.write(calibration(1, 0));

    CheckpointCalibration read = usable();

    assertThat(sha256).isEqualTo(Sha256.of(file.path()));
    assertThat(((CalibrationState.Usable) file.read(WEIGHTS)).sha256()).isEqualTo(sha256);
    assertThat(read.panel()).isEqualTo(calibration().panel());
    assertThat(read.findings()).isEqualTo(calibration().findings());
    CheckpointCalibration.Familiarity known = read.familiarity().orElseThrow();
    assertThat(known.vectors().vectors()).isDeepEqualTo(new float[][] {{1, 0}, {0, 1}});
    assertThat(known.vectors().threshold()).isEqualTo(0.125);
    assertThat(known.pictures().vectors()).isDeepEqualTo(new float[][] {{1}, {1}, {-1}});
    assertThat(known.pictures().threshold()).isEqualTo(0.5);
    assertThat(known.neighbours()).isEqualTo(2);
  }

  @Test
  void shouldLeaveNothingElseBehind() throws IOException {
    file.write(calibration(1, 0));
    file.write(calibration());

    try (Stream<Path> beside = Files.list(line);
        Stream<Path> within = Files.list(checkpoint.path())) {
      assertThat(beside).containsExactly(checkpoint.path());
      assertThat(within)
          .containsExactlyInAnyOrder(checkpoint.file("model.safetensors"), file.path());
    }
  }

  @Test
  void shouldDeleteWhatAKilledProcessLeftAndNotWhatAnotherOneWrites() throws IOException {
    Path left = pending(Duration.ofDays(2));
    Path beingWritten = pending(Duration.ofHours(1));

    file.write(calibration(1, 0));

    assertThat(left).doesNotExist();
    assertThat(beingWritten).exists();
    assertThat(checkpoint.fault(Map.of("model.safetensors", WEIGHTS))).isEmpty();
  }

  private Path pending(Duration age) throws IOException {
    Path file = Files.writeString(line.resolve(".calibrating-" + age), "{");
    FileTime now = Files.getLastModifiedTime(file);
    return Files.setLastModifiedTime(file, FileTime.from(now.toInstant().minus(age)));
  }

  @Test
  void shouldNotMakeACheckpointASuspectOne() throws IOException {
    file.write(calibration(1, 0));

    assertThat(checkpoint.fault(Map.of("model.safetensors", WEIGHTS))).isEmpty();
  }

  @Test
  void shouldTellThatThereIsNone() {
    assertThat(file.read(WEIGHTS)).isEqualTo(new CalibrationState.Absent());
  }

  @Test
  void shouldNotReadThatOfOtherWeights() throws IOException {
    file.write(calibration());

    assertThat(file.read(Sha256.of("other weights")))
        .isInstanceOfSatisfying(
            CalibrationState.Unusable.class,
            unusable -> assertThat(unusable.reason()).contains("belongs to other weights"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not json",
        "[]",
        "null",
        "{\"format\": 2}",
        "{\"format\": 1}",
        "{\"format\": 1, \"model\": 7, \"more\": 1}",
        "{\"format\": 1, \"model\": \"WEIGHTS\"}",
        "{\"format\": 1, \"model\": \"WEIGHTS\", \"findings\": [null],"
            + " \"panel\": {\"sha256\": \"WEIGHTS\", \"studies\": 1, \"patients\": 1}}",
        "{\"format\": 1, \"model\": \"WEIGHTS\", \"findings\": [{\"finding\": \"a\","
            + " \"scoredBy\": \"labels\", \"method\": \"platt\", \"slope\": -1, \"intercept\": 0,"
            + " \"studies\": 1, \"present\": 1}],"
            + " \"panel\": {\"sha256\": \"WEIGHTS\", \"studies\": 1, \"patients\": 1}}",
      })
  void shouldSayWhatIsWrongWithADamagedOne(String text) throws IOException {
    Files.writeString(file.path(), text.replace("WEIGHTS", WEIGHTS));

    assertThat(reason()).startsWith("calibration.json: ");
  }

  @Test
  void shouldNotUseOtherVectorsThanItWasWrittenWith() throws IOException {
    file.write(calibration(1, 0));
    byte[] own = Files.readAllBytes(file.path());
    file.write(calibration(-1, 0));
    Files.write(file.path(), own);

    assertThat(reason()).contains("familiar.safetensors is not the one");
  }

  @Test
  void shouldNotFollowALink() throws IOException {
    file.write(calibration());
    Path elsewhere = Files.move(file.path(), line.resolve("elsewhere"));
    Files.createSymbolicLink(file.path(), elsewhere);

    assertThat(reason()).contains("not a plain file");
  }

  @Test
  void shouldReadNoMoreThanABound() throws IOException {
    Files.write(file.path(), new byte[(8 << 20) + 1]);

    assertThat(reason()).contains("more than 8 MiB");
  }
}
