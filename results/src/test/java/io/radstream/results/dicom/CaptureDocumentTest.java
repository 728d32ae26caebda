package io.radstream.results.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.DicomFiles;
import io.radstream.producers.publish.KnownStudy;
import io.radstream.results.destination.Result;
import io.radstream.results.destination.Results;
import io.radstream.results.maps.DrawnMaps;
import io.radstream.results.maps.MapChoice;
import io.radstream.results.maps.MapPicture;
import io.radstream.results.maps.ResultMaps;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureDocumentTest {

  private static final Result RESULT = Results.of(Results.STUDY);
  private static final CaptureDocument CAPTURE = capture(RESULT, "cardiomegaly", 1);

  private static CaptureDocument capture(Result result, String finding, int view) {
    return new CaptureDocument(result, new MapPicture(finding, view, DrawnMaps.picture()), 2);
  }

  @Test
  void shouldSayWhatItIsOf() throws Exception {
    List<String> read =
        DicomFiles.ofThisMachine()
            .with(
                CAPTURE.file(),
                file -> {
                  Dataset header = file.dataset();
                  return List.of(
                      header.text(SrTag.SOP_CLASS).orElse(""),
                      header.text(SrTag.SOP_INSTANCE).orElse(""),
                      header.text(SrTag.STUDY_UID).orElse(""),
                      header.text(SrTag.PATIENT_ID).orElse(""),
                      header.text(SrTag.MODALITY).orElse(""),
                      header.text(SrTag.SERIES_DESCRIPTION).orElse(""),
                      header.text(CaptureTag.BURNED_IN).orElse(""),
                      header.text(CaptureTag.CONVERSION_TYPE).orElse(""),
                      header.text(SrTag.SOFTWARE).orElse(""));
                });

    assertThat(read)
        .containsExactly(
            CaptureDocument.SOP_CLASS,
            CAPTURE.instance(),
            "1.2.840.77.1",
            "PAT-7",
            "OT",
            "AI heat map, research only",
            "YES",
            "WSD",
            "line-000120");
  }

  @Test
  void shouldBeTheSameBytesAgain() {
    assertThat(capture(Results.of(Results.STUDY), "cardiomegaly", 1).file())
        .isEqualTo(CAPTURE.file());
  }

  @Test
  void shouldBeAnotherObjectForEachViewAndFinding() {
    Set<String> instances =
        new ResultObjects(Optional.of(new ResultMaps(new DrawnMaps(), new MapChoice(0, 3))))
            .of(RESULT).stream()
                .map(StoredObject::instance)
                .collect(Collectors.toCollection(LinkedHashSet::new));

    assertThat(instances).as("a report, two findings, two views each").hasSize(5);
    assertThat(instances).contains(CAPTURE.instance());
  }

  @Test
  void shouldHoldItsPixelsAsOthersReadThemAndTheTextInThem(@TempDir Path folder) throws Exception {
    BufferedImage picture = decoded(folder, CAPTURE);

    PrintedText text = new PrintedText(picture, 2);
    assertThat(text.lines())
        .containsExactly(
            "RESEARCH ONLY - NOT FOR DIAGNOSIS",
            "CARDIOMEGALY: PROBABILITY 0.871235",
            "CHECKPOINT LINE-000120, VIEW 2",
            "COLOURED: WHERE THE SCORE COMES FROM.");
    int top = picture.getHeight() - text.below() - DrawnMaps.HEIGHT;
    assertThat(picture.getRGB(50, top + 50) & 0xFFFFFF).isEqualTo(0xC000A0);
    assertThat(picture.getRGB(300, top + 300) & 0xFFFFFF).isEqualTo(0x5A5A5A);
  }

  @Test
  void shouldGoOnInTheNextLineWhereANameIsLong(@TempDir Path folder) throws Exception {
    CaptureDocument capture = capture(RESULT, "pleural effusion, of either side", 0);

    assertThat(new PrintedText(decoded(folder, capture), 2).lines())
        .contains("PLEURAL EFFUSION, OF EITHER SIDE: PROBABI", "LITY 0.00012");
  }

  private static BufferedImage decoded(Path folder, CaptureDocument capture) throws Exception {
    Path file = Files.write(folder.resolve("capture.dcm"), capture.file());
    Path picture = folder.resolve("capture.png");
    Programs.output(
        Programs.command("dcm2pnm", "dcmtk", "+on", file.toString(), picture.toString()));
    return ImageIO.read(new ByteArrayInputStream(Files.readAllBytes(picture)));
  }

  @Test
  void shouldKeepToTheStandard(@TempDir Path folder) throws Exception {
    KnownStudy bare = new KnownStudy("", "", "1.2.840.77.1", List.of());
    for (KnownStudy study : Arrays.asList(Results.STUDY, bare)) {
      CaptureDocument capture = capture(Results.of(study), "cardiomegaly", 0);
      Path file = Files.write(folder.resolve("capture.dcm"), capture.file());

      String verdict =
          Programs.output(Programs.command("dciodvfy", "dicom3tools", file.toString()));

      assertThat(verdict).contains("SCImage").doesNotContain("Error");
    }
  }
}
