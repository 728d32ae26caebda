package io.radstream.trainer.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingSidesTest {

  @Test
  void shouldExchangeTheLabelsOfBothSides() {
    List<String> findings = List.of("left effusion", "cardiomegaly", "right effusion");
    StudyLabels labels =
        new StudyLabels(findings, Map.of("s", new float[] {1, 0.5f, 0}), Map.of(), List.of());

    float[] mirrored = labels.mirrored("s");

    assertThat(labels.canMirror()).isTrue();
    assertThat(mirrored).containsExactly(0, 0.5f, 1);
    assertThat(labels.of("s")).containsExactly(1, 0.5f, 0);
  }

  @Test
  void shouldNotMirrorWhereAFindingHasNoOtherSideInTheRun() {
    assertThat(FindingSides.of(List.of("effusion", "left_effusion")).canMirror()).isFalse();
    assertThat(FindingSides.of(List.of("lingular opacity")).canMirror()).isFalse();
    assertThat(FindingSides.of(List.of("effusion", "left_effusion", "right_effusion")).canMirror())
        .isTrue();
    assertThat(FindingSides.of(List.of("Pleural Effusion", "No Finding")).canMirror()).isTrue();
    assertThat(StudyLabels.none().canMirror()).isTrue();
  }
}
