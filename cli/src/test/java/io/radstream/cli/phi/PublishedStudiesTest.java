package io.radstream.cli.phi;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.reports.ReportVersion;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.schemas.Laterality;
import io.radstream.schemas.PixelEncoding;
import io.radstream.schemas.Projection;
import io.radstream.schemas.Report;
import io.radstream.schemas.ReportStatus;
import io.radstream.schemas.Study;
import io.radstream.schemas.View;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublishedStudiesTest {

  private static final int SIDE = 256;

  private final PlantedPatient patient = PlantedPatient.of(new Aviary(1));
  private final Instant issued = patient.issued().toInstant(ZoneOffset.UTC);
  private final Instant examined = patient.examined().atStartOfDay().toInstant(ZoneOffset.UTC);
  private final PublishedStudies published = new PublishedStudies();

  @Test
  void shouldSeeATrueTimeAndAListedWord() {
    Study told = study(plain(), examined, ReportVersion.of(issued), "Seen by Sonnenblick again.");

    List<Leak> leaks = published.leaks(planted(Optional.empty()), told, "topic studies");

    assertThat(leaks)
        .containsExactly(
            new Leak(
                "DICOM (0008,0022)", "radiograph of study 3", "topic studies, view's acquiredAt"),
            new Leak("HL7 OBR-22", "report of study 3", "topic studies, report's version"),
            new Leak(
                "line 7 of the scrub list", "report of study 3", "topic studies, report's text"));
  }

  @Test
  void shouldSeeNothingWhereTimesWereMovedAndWordsTakenOut() {
    Duration days = Duration.ofDays(400);
    Study clean =
        study(
            plain(),
            examined.minus(days),
            ReportVersion.of(issued.plus(days)),
            "Seen by XXXX again.");

    assertThat(published.leaks(planted(Optional.empty()), clean, "topic studies")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = Corner.class, names = "TOLD", mode = EnumSource.Mode.EXCLUDE)
  void shouldReadANameInAPictureUnlessItIsBlanked(Corner corner) {
    PlantedStudy planted = planted(Optional.of(corner));
    Study shown = study(corner.burn(plain()), null, 1, "");
    Study blanked = study(plain(), null, 1, "");

    assertThat(published.leaks(planted, shown, "topic studies"))
        .containsExactly(
            new Leak(
                "a name burned into a picture",
                "radiograph of study 3",
                "topic studies, view's pixels"));
    assertThat(published.leaks(planted, blanked, "topic studies")).isEmpty();
  }

  @Test
  void shouldTakeTheHeadersWordForIt() {
    Study shown = study(plain(), null, 1, "");

    assertThat(published.leaks(planted(Optional.of(Corner.TOLD)), shown, "topic studies"))
        .hasSize(1);
  }

  private PlantedStudy planted(Optional<Corner> corner) {
    return new PlantedStudy(
        "study 3", patient, corner, List.of(new ListedWords.Word(7, "Sonnenblick")));
  }

  private static GrayImage plain() {
    byte[] pixels = new byte[SIDE * SIDE];
    Arrays.fill(pixels, (byte) 90);
    return new GrayImage(SIDE, SIDE, pixels);
  }

  private static Study study(GrayImage image, Instant acquired, int version, String text) {
    View view =
        View.newBuilder()
            .setViewId("v")
            .setProjection(Projection.PA)
            .setLaterality(Laterality.UNKNOWN)
            .setAcquiredAt(acquired)
            .setEncoding(PixelEncoding.PNG)
            .setPixels(ByteBuffer.wrap(ImageEncoder.png(image)))
            .setWidth(SIDE)
            .setHeight(SIDE)
            .setOriginalWidth(SIDE)
            .setOriginalHeight(SIDE)
            .setSha256("")
            .build();
    return Study.newBuilder()
        .setStudyId("s")
        .setPatientId("p")
        .setSource("test")
        .setViews(List.of(view))
        .setReport(
            Report.newBuilder()
                .setText(text)
                .setStatus(ReportStatus.FINAL)
                .setVersion(version)
                .build())
        .build();
  }
}
