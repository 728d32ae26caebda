package io.radstream.serving.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.radstream.checkpoints.CalibratedFinding;
import io.radstream.checkpoints.CalibrationState;
import io.radstream.checkpoints.CheckpointCalibration;
import io.radstream.evaluation.CalibrationFigures;
import io.radstream.evaluation.FittedCalibration;
import io.radstream.evaluation.Platt;
import io.radstream.radiology.Sha256;
import io.radstream.radiology.study.StudyViews;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CalibratedScoresTest {

  private static final String FILE = Sha256.of("file");
  private static final FindingPrompts OTHER =
      new FindingPrompts("bright", List.of("bright indeed"), List.of("dark"));

  private final ScoringModel model =
      ScoringModel.warm(
          new ModelIdentity("line-000000001", "line", 1, Instant.EPOCH),
          new FakeNetwork(),
          new FakeTexts(),
          new FindingSets(
              FakeNetwork.PROMPTS,
              Map.of("other", new FindingSet.Prompted(new PromptSet(List.of(OTHER))))));

  private static CalibrationState calibration(float[]... bank) {
    FittedCalibration halved =
        new FittedCalibration(
            new Platt(0.5, 0),
            Optional.empty(),
            20,
            10,
            Optional.of(new CalibrationFigures(0.2, 0.2)),
            Optional.of(new CalibrationFigures(0.1, 0.1)));
    return new CalibrationState.Usable(
        new CheckpointCalibration(
            Sha256.of("weights"),
            new CheckpointCalibration.Panel(Sha256.of("panel"), 20, 20),
            List.of(
                new CalibratedFinding(
                    new CalibratedFinding.Scored(
                        "bright", Optional.of(FakeNetwork.PROMPTS.findings().get(0).sha256())),
                    halved)),
            bank.length == 0
                ? Optional.empty()
                : Optional.of(
                    new CheckpointCalibration.Familiarity(
                        new CheckpointCalibration.Bank(bank, 0.05),
                        new CheckpointCalibration.Bank(ramp(), 0.05),
                        1,
                        0.99))),
        FILE);
  }

  /** All ramps look alike from afar. */
  private static float[][] ramp() {
    float[] images = new float[3 * 32 * 32];
    for (int i = 0; i < images.length; i++) {
      images[i] = i % 32;
    }
    return new float[][] {PictureSketch.of(images).get(0)};
  }

  private ScoredStudy score(int brightness) {
    return model
        .scoreViews(
            List.of(new StudyViews(Optional.empty(), List.of(TestImages.ramp(32, brightness)))))
        .get(0);
  }

  @Test
  void shouldTellTheCalibratedProbabilityBesideTheNetworksOwn() {
    model.calibrate(ModelCalibration.of(calibration(), true));

    ScoredStudy scored = score(150);

    double raw = scored.probabilities().get("bright");
    assertThat(scored.reading().probabilities().get("bright"))
        .isCloseTo(new Platt(0.5, 0).of(raw), within(1e-12))
        .isNotCloseTo(raw, within(1e-3));
    assertThat(scored.reading().calibrated()).containsExactly("bright");
    assertThat(scored.reading().reason()).isEmpty();
    assertThat(scored.calibration()).hasValue(FILE);
  }

  /** Other sentences give other probabilities. */
  @Test
  void shouldNotCalibrateWhatIsScoredFromOtherSentences() {
    model.calibrate(ModelCalibration.of(calibration(), true));

    ScoredStudy other = score(150).by("other");

    assertThat(other.reading().probabilities()).isEqualTo(other.probabilities());
    assertThat(other.reading().calibrated()).isEmpty();
    assertThat(other.reading().reason())
        .hasValueSatisfying(why -> assertThat(why).contains("none of these"));
    assertThat(other.calibration()).isEmpty();
  }

  @Test
  void shouldTellAStudyWhoseVectorIsUnlikeTheKnownOnes() {
    model.calibrate(ModelCalibration.of(calibration(vector(255)), true));

    Familiarity like = score(250).reading().familiarity().orElseThrow();
    Familiarity unlike = score(10).reading().familiarity().orElseThrow();

    assertThat(like.isUnfamiliar()).isFalse();
    assertThat(unlike.isUnfamiliar()).isTrue();
    assertThat(unlike.vector().distance()).isGreaterThan(like.vector().distance());
    assertThat(like.picture().distance()).isCloseTo(0, within(1e-3));
  }

  @Test
  void shouldTellAPictureThatIsUnlikeTheKnownOnesWhateverItsVector() {
    StudyViews pictures =
        new StudyViews(
            Optional.empty(), List.of(TestImages.ramp(32, 255), TestImages.png(32, 128)));
    float[] own = model.scoreViews(List.of(pictures)).get(0).vector();
    model.calibrate(ModelCalibration.of(calibration(own), true));

    Familiarity known =
        model.scoreViews(List.of(pictures)).get(0).reading().familiarity().orElseThrow();

    assertThat(known.vector().distance()).isCloseTo(0, within(1e-3));
    assertThat(known.picture().distance()).isEqualTo(1);
    assertThat(known.isUnfamiliar()).isTrue();
  }

  private float[] vector(int brightness) {
    return model.scoreViews(List.of(views(brightness))).get(0).vector();
  }

  private static StudyViews views(int brightness) {
    return new StudyViews(Optional.empty(), List.of(TestImages.ramp(32, brightness)));
  }

  @Test
  void shouldTellFamiliarityThoughItIsToldNotToCalibrate() {
    model.calibrate(ModelCalibration.of(calibration(vector(255)), false));

    ScoredStudy scored = score(150);

    assertThat(scored.reading().probabilities()).isEqualTo(scored.probabilities());
    assertThat(scored.reading().reason())
        .hasValueSatisfying(why -> assertThat(why).contains("--no-calibration"));
    assertThat(scored.reading().familiarity()).isPresent();
    assertThat(scored.calibration()).isEmpty();
  }

  @Test
  void shouldSayThatNobodyHasCalibrated() {
    ScoredStudy scored = score(150);

    assertThat(scored.reading().probabilities()).isEqualTo(scored.probabilities());
    assertThat(scored.reading().reason())
        .hasValueSatisfying(why -> assertThat(why).contains("was not calibrated"));
    assertThat(scored.reading().familiarity()).isEmpty();
  }

  @Test
  void shouldNotUseABankOfVectorsThatAreNone() {
    model.calibrate(ModelCalibration.of(calibration(new float[] {3, 4}), true));

    ScoredStudy scored = score(150);

    assertThat(scored.reading().probabilities()).isEqualTo(scored.probabilities());
    assertThat(scored.reading().reason())
        .hasValueSatisfying(why -> assertThat(why).contains("unit vector"));
  }
}
