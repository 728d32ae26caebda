package io.radstream.serving.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.checkpoints.CheckpointCalibration;
import io.radstream.evaluation.FittedCalibration;
import io.radstream.radiology.Sha256;
import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.panel.Panel;
import io.radstream.serving.panel.PanelBuilder;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.ScoringModel;
import io.radstream.serving.score.TestImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibratorTest {

  private static final String WEIGHTS = Sha256.of("weights");

  private final ScoringModel model = FakeNetwork.model("line-000000001", new FakeNetwork());

  /** The brighter, the likelier; but less sure than the network is. */
  private static Panel panel(int studies) throws Exception {
    PanelBuilder panel = new PanelBuilder();
    for (int i = 0; i < studies; i++) {
      int brightness = 10 + 4 * (i % 61);
      boolean bright = i % 4 == 0 ? brightness < 128 : brightness >= 128;
      panel.add(
          "line " + i,
          "study " + i,
          "patient " + i,
          Map.of("pa", TestImages.ramp(32, brightness)),
          Map.of("bright", bright ? 1.0 : 0.0));
    }
    return panel.build();
  }

  private static List<StudyViews> known(int studies) {
    return IntStream.range(0, studies)
        .mapToObj(
            i -> new StudyViews(Optional.empty(), List.of(TestImages.ramp(32, 10 + 4 * (i % 61)))))
        .toList();
  }

  @Test
  void shouldCalibrateOnThePanelAndLearnWhatIsFamiliar() throws Exception {
    Panel panel = panel(120);
    AtomicInteger scored = new AtomicInteger();

    Calibrated calibrated =
        new Calibrator(
                panel,
                new Effort() {
                  @Override
                  public void scored(int studies) {
                    scored.addAndGet(studies);
                  }
                })
            .calibrate(model, WEIGHTS, known(60));

    CheckpointCalibration calibration = calibrated.calibration();
    assertThat(calibration.model()).isEqualTo(WEIGHTS);
    assertThat(calibration.panel())
        .isEqualTo(new CheckpointCalibration.Panel(panel.digest(), 120, 120));
    assertThat(calibration.findings()).hasSize(1);
    FittedCalibration bright = calibration.findings().get(0).fitted();
    assertThat(bright.reason()).isEmpty();
    assertThat(bright.after().orElseThrow().brier())
        .isLessThan(bright.before().orElseThrow().brier());
    CheckpointCalibration.Familiarity known = calibration.familiarity().orElseThrow();
    assertThat(known.vectors().vectors().length).isEqualTo(60);
    assertThat(known.pictures().vectors().length).isEqualTo(60);
    assertThat(calibrated.withoutFamiliarity()).isEmpty();
    assertThat(scored).hasValue(180);
  }

  @Test
  void shouldSayWhyNothingIsToldOfFamiliarity() throws Exception {
    Calibrator onFew = new Calibrator(panel(49), Effort.NONE);
    Calibrator onMany = new Calibrator(panel(50), Effort.NONE);

    assertThat(onFew.calibrate(model, WEIGHTS, known(60)).withoutFamiliarity())
        .hasValue("a threshold needs a panel of 50 studies; this one has 49");
    assertThat(onMany.calibrate(model, WEIGHTS, known(49)).withoutFamiliarity())
        .hasValue("50 studies that the network knows are needed; found: 49");
    assertThat(onMany.calibrate(model, WEIGHTS, List.of()).withoutFamiliarity()).isPresent();
  }

  @Test
  void shouldLeaveOutAKnownStudyThatCannotBeRead() throws Exception {
    List<StudyViews> known = new ArrayList<>(known(60));
    known.set(7, new StudyViews(Optional.empty(), List.of(new byte[] {1, 2, 3})));

    Calibrated calibrated = new Calibrator(panel(60), Effort.NONE).calibrate(model, WEIGHTS, known);

    assertThat(calibrated.calibration().familiarity().orElseThrow().vectors().vectors().length)
        .isEqualTo(59);
  }

  @Test
  void shouldEndWhenItIsToldTo() throws Exception {
    Calibrator calibrator =
        new Calibrator(
            panel(60),
            new Effort() {
              @Override
              public void scored(int studies) {
                throw new CancellationException();
              }
            });

    assertThatThrownBy(() -> calibrator.calibrate(model, WEIGHTS, known(60)))
        .isInstanceOf(CancellationException.class);
  }
}
