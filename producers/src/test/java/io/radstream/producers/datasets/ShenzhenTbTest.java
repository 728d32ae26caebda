package io.radstream.producers.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.publish.StudyPart;
import io.radstream.schemas.Projection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShenzhenTbTest {

  @TempDir private Path root;

  @Test
  void shouldTakeTheLabelFromTheName() throws IOException {
    DatasetTree tree =
        new DatasetTree(root)
            .picture("CXR_png/CHNCXR_0001_0.png", 90)
            .picture("CXR_png/CHNCXR_0327_1.png", 91)
            .picture("CXR_png/Thumbs.png", 40)
            .text("ClinicalReadings/CHNCXR_0001_0.txt", "male 45yrs", "normal");

    List<StudyPart> parts = tree.parts(new ShenzhenTb());

    assertThat(parts)
        .extracting(StudyPart::study)
        .containsExactly("shenzhen-tb/0001", "shenzhen-tb/0327");
    assertThat(parts)
        .extracting(StudyPart::labels)
        .containsExactly(Map.of("tuberculosis", 0.0), Map.of("tuberculosis", 1.0));
    assertThat(parts.get(1).views().get(0).projection()).isEqualTo(Projection.PA);
    assertThat(DatasetTree.width(parts.get(1).views().get(0))).isEqualTo(91);
    assertThat(tree.deviations(new ShenzhenTb()).get(0)).contains("2 images found, 662 expected");
  }

  @Test
  void shouldNameWhatIsMissing() {
    assertThatThrownBy(() -> new DatasetTree(root).parts(new ShenzhenTb()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContainingAll("CXR_png/CHNCXR_0001_0.png", "lhncbc.nlm.nih.gov");
  }
}
