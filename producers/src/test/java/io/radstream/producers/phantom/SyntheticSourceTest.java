package io.radstream.producers.phantom;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.publish.StudyPart;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.radiology.image.GrayImage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SyntheticSourceTest {

  private static final int STUDIES = 40;
  private static final int SIDE = 48;

  @Test
  void shouldSpoilPicturesAndNothingElse() {
    StudyPart sound = study(PhantomFault.NONE);
    StudyPart mirrored = study(PhantomFault.WRONG_SIDES);
    StudyPart inverted = study(PhantomFault.INVERTED);

    assertThat(mirrored.report()).isEqualTo(inverted.report()).isEqualTo(sound.report());
    assertThat(mirrored.labels()).isEqualTo(inverted.labels()).isEqualTo(sound.labels());
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int pixel = picture(sound).at(x, y);
        assertThat(picture(mirrored).at(SIDE - 1 - x, y)).isEqualTo(pixel);
        assertThat(picture(inverted).at(x, y)).isEqualTo(255 - pixel);
      }
    }
  }

  @Test
  void shouldTellSitesApart() {
    PhantomGenerator south = new PhantomGenerator(SIDE, 1, PhantomSite.SOUTH);

    assertThat(new SyntheticSource(south, 1, 0, 1).name())
        .isNotEqualTo(new SyntheticSource(new PhantomGenerator(SIDE, 1), 1, 0, 1).name());
  }

  @Test
  void shouldLabelTheSidesThatReportsTell() {
    PhantomGenerator generator = new PhantomGenerator(SIDE, 1);
    new SyntheticSource(generator, 1, 0, STUDIES, PhantomFault.NONE, true)
        .items()
        .map(SyntheticSourceTest::part)
        .forEach(
            study -> {
              Map<String, Double> labels = study.labels();
              for (String finding : List.of("effusion", "pneumothorax", "opacity", "nodule")) {
                assertThat(Math.max(labels.get("left " + finding), labels.get("right " + finding)))
                    .isEqualTo(labels.get(finding));
              }
              String report = study.report().orElseThrow().getText().toString();
              for (String side : List.of("left", "right")) {
                if (report.matches("(?is).*\\b" + side + "\\b.*")) {
                  assertThat(labels.entrySet())
                      .anyMatch(label -> label.getKey().startsWith(side) && label.getValue() == 1);
                }
              }
            });
  }

  @Test
  void shouldLeaveSidesOutUnlessAsked() {
    assertThat(study(PhantomFault.NONE).labels()).doesNotContainKey("left effusion");
  }

  private static StudyPart part(SourceItem item) {
    return ((SourceItem.Found) item).part();
  }

  private static GrayImage picture(StudyPart study) {
    return ((Image.Pixels) study.views().get(0).image()).image();
  }

  private static StudyPart study(PhantomFault fault) {
    SyntheticSource source =
        new SyntheticSource(new PhantomGenerator(SIDE, 1), 1, 7, 1, fault, false);
    return part(source.items().findFirst().orElseThrow());
  }
}
