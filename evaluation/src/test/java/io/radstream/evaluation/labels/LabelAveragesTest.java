package io.radstream.evaluation.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelAveragesTest {

  private static final List<String> LABELS = List.of("effusion", "nodule", "edema");

  /** Effusion: 2 in both, 1 only written; nodule: 1 in both, 2 only known; edema nowhere. */
  private static final List<LabelPair> STUDIES =
      List.of(
          new LabelPair(Set.of("effusion"), Set.of("effusion", "nodule")),
          new LabelPair(Set.of("effusion", "nodule"), Set.of("effusion", "nodule")),
          new LabelPair(Set.of("effusion"), Set.of("nodule")),
          new LabelPair(Set.of(), Set.of()));

  /** By hand: of the sums 3, 1 and 2; of the labels' own figures. */
  @ParameterizedTest
  @CsvSource({
    "PRECISION, 0.75, 0.8333333333333333",
    "RECALL, 0.6, 0.6666666666666666",
    "F1, 0.6666666666666666, 0.65"
  })
  void shouldAverageOverStudiesAndOverLabels(LabelMeasure measure, double micro, double macro) {
    assertThat(new MicroAverage(measure, LABELS).of(STUDIES).orElseThrow())
        .isCloseTo(micro, within(1e-12));
    assertThat(new MacroAverage(measure, LABELS).of(STUDIES).orElseThrow())
        .isCloseTo(macro, within(1e-12));
  }

  @Test
  void shouldNotDefineWhatNoStudyHas() {
    for (LabelMeasure measure : LabelMeasure.values()) {
      assertThat(new MicroAverage(measure, List.of("edema")).of(STUDIES)).isEmpty();
      assertThat(new MacroAverage(measure, List.of("edema")).of(STUDIES)).isEmpty();
    }
  }
}
