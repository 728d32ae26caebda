package io.radstream.serving.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.serving.score.TestImages;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PanelBuilderTest {

  private final PanelBuilder builder = new PanelBuilder();

  private static Map<String, byte[]> image(int brightness) {
    return Map.of("pa", TestImages.png(32, brightness));
  }

  private void add(String id, Map<String, Double> labels) throws UnusablePanelException {
    builder.add("line 1", id, "patient", image(7), labels);
  }

  @Test
  void shouldTakeWhatIsKnownOfEachStudy() throws Exception {
    add("a", Map.of("effusion", 1.0, "nodule", 0.3));
    add("b", Map.of("effusion", 0.0));
    add("c", Map.of("nodule", 0.5));

    Panel panel = builder.build();

    assertThat(panel.studies()).extracting(PanelStudy::id).containsExactly("a", "b");
    assertThat(panel.studies().get(0).labels()).isEqualTo(Map.of("effusion", true));
    assertThat(panel.findings()).containsExactly("effusion");
  }

  @Test
  void shouldPutPartsTogether() throws Exception {
    builder.add("line 1", "a", "patient", image(7), Map.of());
    builder.add(
        "line 2",
        "a",
        "patient",
        Map.of("lateral", TestImages.png(32, 9)),
        Map.of("effusion", 1.0));
    add("b", Map.of("effusion", 0.0));

    Panel panel = builder.build();

    assertThat(panel.studies().get(0).views().received()).hasSize(2);
    assertThat(panel.studies().get(0).labels()).isEqualTo(Map.of("effusion", true));
  }

  @Test
  void shouldHaveADigestOfAllThatIsInIt() throws Exception {
    String first = digest(7, 1.0, "patient");

    assertThat(digest(7, 1.0, "patient")).isEqualTo(first);
    assertThat(digest(8, 1.0, "patient")).isNotEqualTo(first);
    assertThat(digest(7, 0.0, "patient")).isNotEqualTo(first);
    assertThat(digest(7, 1.0, "another")).isNotEqualTo(first);
  }

  private static String digest(int brightness, double label, String patient) throws Exception {
    PanelBuilder builder = new PanelBuilder();
    builder.add("line 1", "a", patient, image(brightness), Map.of("effusion", label));
    builder.add("line 2", "b", patient, image(1), Map.of("effusion", 1.0));
    builder.add("line 3", "c", patient, image(1), Map.of("effusion", 0.0));
    return builder.build().digest();
  }

  @Test
  void shouldRefuseStudiesWithoutLabels() throws Exception {
    add("a", Map.of());
    add("b", Map.of("effusion", 0.5));

    assertThatThrownBy(builder::build)
        .isInstanceOf(UnusablePanelException.class)
        .hasMessageContaining("no study of the panel has a label");
  }

  @Test
  void shouldRefuseStudiesOfOneKindOnly() throws Exception {
    add("a", Map.of("effusion", 1.0, "nodule", 0.0));
    add("b", Map.of("effusion", 1.0, "nodule", 0.0));

    assertThatThrownBy(builder::build)
        .isInstanceOf(UnusablePanelException.class)
        .hasMessageContaining("choose studies of both kinds");
  }

  @Test
  void shouldSayWhereAnImageIsThatCannotBeRead() throws Exception {
    builder.add(
        "line 12",
        "secret-id",
        "secret-patient",
        Map.of("secret.png", Arrays.copyOf(TestImages.white(), 60)),
        Map.of("effusion", 1.0));

    assertThatThrownBy(builder::build)
        .isInstanceOf(UnusablePanelException.class)
        .hasMessageStartingWith("line 12: view 1: ")
        .hasMessageNotContaining("secret");
  }

  @Test
  void shouldSayWhereAStudyHasNoImage() throws Exception {
    builder.add("line 3", "a", "patient", Map.of(), Map.of("effusion", 1.0));

    assertThatThrownBy(builder::build)
        .isInstanceOf(UnusablePanelException.class)
        .hasMessage("line 3: a study of a panel has 1 to 16 images, and not 0");
  }

  @Test
  void shouldSayWhereAStudyHasTooManyImages() throws Exception {
    Map<String, byte[]> views = new HashMap<>();
    for (int i = 0; i < 17; i++) {
      views.put("view " + i, TestImages.png(32, i));
    }
    builder.add("line 3", "a", "patient", views, Map.of("effusion", 1.0));

    assertThatThrownBy(builder::build)
        .isInstanceOf(UnusablePanelException.class)
        .hasMessageContaining("and not 17");
  }

  @Test
  void shouldHoldNoMoreThanItMay() throws Exception {
    for (int i = 0; i < Panel.MOST_STUDIES; i++) {
      add("study " + i, Map.of("effusion", 1.0));
    }

    assertThatThrownBy(() -> add("one more", Map.of("effusion", 0.0)))
        .isInstanceOf(UnusablePanelException.class)
        .hasMessageContaining("at most 2000 studies and 512 MiB");
  }

  @Test
  void shouldHoldNoMoreBytesThanItMay() throws Exception {
    byte[] large = new byte[128 << 20];
    for (int i = 0; i < 4; i++) {
      builder.add("line 1", "study " + i, "patient", Map.of("pa", large), Map.of());
    }

    assertThatThrownBy(() -> add("one more", Map.of()))
        .isInstanceOf(UnusablePanelException.class)
        .hasMessageContaining("512 MiB");
  }
}
