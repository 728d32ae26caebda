package io.radstream.producers.deidentify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.deidentification.keys.DateShift;
import io.radstream.deidentification.pixels.PictureGuard;
import io.radstream.deidentification.pixels.PictureGuard.Treatment;
import io.radstream.deidentification.text.SiteList;
import io.radstream.deidentification.text.TextScrubber;
import io.radstream.producers.deidentify.DeidentifyStep.DateOption;
import io.radstream.producers.publish.Identifying;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.StudyPart;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.producers.publish.StudyPart.ViewFacts;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.UnreadableImageException;
import io.radstream.schemas.Projection;
import io.radstream.schemas.Report;
import io.radstream.schemas.ReportStatus;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeidentifyStepTest {

  private static final Pseudonymizer KEY = Pseudonymizer.withKey("a key of one hospital");
  private static final LocalDateTime TAKEN = LocalDateTime.of(2024, 5, 17, 10, 30);
  private static final Identifying NAMED =
      new Identifying(Set.of("CANARIUS^JOANNA"), Set.of("ACC-424242"), Set.of())
          .withBirthDates(Set.of("19511104", "no day"));

  private final TextScrubber scrubber = new TextScrubber(SiteList.of(List.of("Nowhere General")));
  private final DeidentifyStep step = step(Treatment.REFUSE, DateOption.SHIFT);

  private DeidentifyStep step(Treatment treatment, DateOption dates) {
    return new DeidentifyStep(KEY.key(), scrubber, new PictureGuard(treatment), dates);
  }

  private static StudyPart part(Image image) {
    ViewFacts facts = ViewFacts.NONE.withAcquired(Optional.of(TAKEN));
    return new StudyPart(
        "patient 7",
        "study 7",
        List.of(new RawView("1", Projection.PA, image, facts)),
        Optional.of(
            new Report(
                "Joanna Canarius, acc ACC 424242, Nowhere General, 2024-05-17, age since 4 Nov 1951: clear.",
                ReportStatus.FINAL,
                3,
                "report 7")),
        Map.of(),
        NAMED,
        Map.of("read", 1L));
  }

  private static GrayImage plain() {
    return new GrayImage(200, 200, new byte[40_000]);
  }

  /** With rings in a row, which are as good as letters. */
  private static GrayImage lettered() {
    byte[] pixels = new byte[40_000];
    for (int letter = 0; letter < 5; letter++) {
      for (int y = 0; y < 14; y++) {
        for (int x = 0; x < 10; x++) {
          boolean ring = y < 2 || y > 11 || x < 2 || x > 7;
          pixels[(10 + y) * 200 + 10 + letter * 13 + x] = (byte) (ring ? 255 : 0);
        }
      }
    }
    return new GrayImage(200, 200, pixels);
  }

  @Test
  void shouldLeaveNothingThatIdentifiesAndCountWhatItDid() throws Exception {
    DateShift shift = DateShift.of(KEY.key(), "patient 7");

    StudyPart out = step.apply(part(new Image.Pixels(plain())));

    Report report = out.report().orElseThrow();
    assertThat(report.getText())
        .isEqualTo(
            "XXXX, acc XXXX, XXXX, "
                + shift.shift(TAKEN.toLocalDate())
                + ", age since XXXX: clear.");
    assertThat(report.getVersion()).isEqualTo(3);
    assertThat(report.getReportId()).isEqualTo("report 7");
    assertThat(out.views().get(0).facts().acquired()).contains(shift.shift(TAKEN));
    assertThat(out.audit())
        .containsOnly(
            Map.entry("read", 1L),
            Map.entry("report.scrubbed", 1L),
            Map.entry("text.name", 1L),
            Map.entry("text.number", 1L),
            Map.entry("text.listed", 1L),
            Map.entry("text.date", 2L),
            Map.entry("view.checked", 1L),
            Map.entry("view.date.shifted", 1L));
  }

  @Test
  void shouldTakeDatesOutOnDemand() throws Exception {
    StudyPart out =
        step(Treatment.REFUSE, DateOption.REMOVE).apply(part(new Image.Pixels(plain())));

    assertThat(out.views().get(0).facts().acquired()).isEmpty();
    assertThat(out.report().orElseThrow().getText()).doesNotContain("2024");
  }

  @Test
  void shouldRefuseAPictureWithTextWhicheverWayItComes() {
    StudyPart part = part(new Image.Deferred(DeidentifyStepTest::lettered));

    assertThatThrownBy(() -> step.apply(part))
        .isInstanceOf(RefusedStudyException.class)
        .hasMessageStartingWith("image 1: text is burned in");
  }

  @Test
  void shouldBlankTheTextOnDemand() throws Exception {
    StudyPart out =
        step(Treatment.BLANK, DateOption.SHIFT).apply(part(new Image.Pixels(lettered())));

    GrayImage image = ((Image.Pixels) out.views().get(0).image()).image();
    assertThat(image.pixels()).containsOnly(0);
    assertThat(out.audit()).containsEntry("view.blanked", 1L);
  }

  @Test
  void shouldLeaveItToOthersToTellOfAPictureThatCannotBeRead() throws Exception {
    StudyPart out = step.apply(part(new Image.File(new byte[] {1, 2, 3})));

    Image.Deferred image = (Image.Deferred) out.views().get(0).image();
    assertThatThrownBy(() -> image.reader().read()).isInstanceOf(UnreadableImageException.class);
  }
}
