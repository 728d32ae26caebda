package io.radstream.serving.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.radstream.serving.panel.FindingResult.Ends;
import io.radstream.serving.panel.FindingResult.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Figures of a verdict, as they stand on the log, read finding by finding. */
class PanelResultTest {

  private static final Map<String, Double> FIGURES =
      Map.ofEntries(
          Map.entry("panel.studies", 40.0),
          Map.entry("panel.findings", 2.0),
          Map.entry("present.effusion", 25.0),
          Map.entry("absent.effusion", 15.0),
          Map.entry("auc.effusion", 0.7),
          Map.entry("auc.effusion.low", 0.6),
          Map.entry("auc.effusion.high", 0.8),
          Map.entry("auc.effusion.live", 0.9),
          Map.entry("ece.effusion", 0.1),
          Map.entry("difference.effusion.low", -0.3),
          Map.entry("difference.effusion.high", -0.1),
          Map.entry("moved.effusion", 0.25),
          Map.entry("present.mass", 20.0),
          Map.entry("absent.mass", 20.0),
          Map.entry("auc.mass", 0.5),
          Map.entry("present.nodule", 3.0));

  @Test
  void shouldReadEachFinding() {
    PanelResult result = PanelResult.of(FIGURES).orElseThrow();

    assertThat(result.studies()).isEqualTo(40);
    assertThat(result.findings())
        .extracting(FindingResult::name, FindingResult::outcome)
        .containsExactly(
            tuple("effusion", Outcome.WORSE),
            tuple("mass", Outcome.NOT_COMPARED),
            tuple("nodule", Outcome.NOT_JUDGED));
    FindingResult effusion = result.findings().get(0);
    assertThat(effusion.present()).isEqualTo(25);
    assertThat(effusion.absent()).isEqualTo(15);
    assertThat(effusion.candidate())
        .hasValueSatisfying(
            measured -> {
              assertThat(measured.auc()).isEqualTo(0.7);
              assertThat(measured.interval()).contains(new Ends(0.6, 0.8));
              assertThat(measured.calibrationError()).isEqualTo(OptionalDouble.of(0.1));
            });
    assertThat(effusion.live())
        .hasValueSatisfying(measured -> assertThat(measured.interval()).isEmpty());
    assertThat(effusion.difference()).contains(new Ends(-0.3, -0.1));
    assertThat(effusion.moved()).isEqualTo(OptionalDouble.of(0.25));
  }

  /** An interval that reaches 0 is no proof. */
  @Test
  void shouldNotCallWorseWhatMayBeEqual() {
    Map<String, Double> figures = new HashMap<>(FIGURES);
    figures.put("difference.effusion.high", 0.0);

    PanelResult result = PanelResult.of(figures).orElseThrow();

    assertThat(result.findings().get(0).outcome()).isEqualTo(Outcome.NOT_WORSE);
  }

  @Test
  void shouldFindNoPanelInOtherFigures() {
    assertThat(PanelResult.of(Map.of("validation_loss", 3.0))).isEmpty();
  }
}
