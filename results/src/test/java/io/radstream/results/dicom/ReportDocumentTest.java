package io.radstream.results.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.DicomFiles;
import io.radstream.producers.publish.KnownStudy;
import io.radstream.results.destination.Result;
import io.radstream.results.destination.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportDocumentTest {

  private static final int NUMERIC_VALUE = 0x0040_A30A;

  private static final ReportDocument DOCUMENT = document(Results.of(Results.STUDY));

  private static ReportDocument document(Result result) {
    return ReportDocument.of(result).orElseThrow();
  }

  @Test
  void shouldSayWhatItIsOf() throws Exception {
    List<String> read =
        DicomFiles.ofThisMachine()
            .with(
                DOCUMENT.file(),
                file -> {
                  Dataset header = file.dataset();
                  return List.of(
                      header.text(SrTag.SOP_CLASS).orElse(""),
                      header.text(SrTag.SOP_INSTANCE).orElse(""),
                      header.text(SrTag.STUDY_UID).orElse(""),
                      header.text(SrTag.ACCESSION).orElse(""),
                      header.text(SrTag.PATIENT_ID).orElse(""),
                      header.text(SrTag.CONTENT_DATE).orElse(""),
                      header.text(SrTag.PRELIMINARY).orElse(""));
                });

    assertThat(read)
        .containsExactly(
            ReportDocument.SOP_CLASS,
            DOCUMENT.instance(),
            "1.2.840.77.1",
            "ACC-1",
            "PAT-7",
            "20260304",
            "PRELIMINARY");
  }

  @Test
  void shouldHoldEachProbability() throws Exception {
    List<String> values =
        DicomFiles.ofThisMachine()
            .with(
                DOCUMENT.file(),
                file ->
                    file.dataset()
                        .everywhere()
                        .flatMap(item -> item.text(NUMERIC_VALUE).stream())
                        .toList());

    assertThat(values).containsExactly("0.871235", "0.00012");
  }

  @Test
  void shouldBeTheSameBytesAgain() {
    assertThat(document(Results.of(Results.STUDY)).file()).isEqualTo(DOCUMENT.file());
  }

  @Test
  void shouldBeNoneOfAStudyWithoutUid() {
    KnownStudy study = new KnownStudy("PAT-7", "ACC-1", "", List.of());

    assertThat(ReportDocument.of(Results.of(study))).isEmpty();
  }

  @Test
  void shouldBeReadAsATreeByOthers(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("report.dcm"), DOCUMENT.file());

    String tree = Programs.output(Programs.command("dsrdump", "dcmtk", file.toString()));

    assertThat(tree)
        .contains("Comprehensive SR Document", "Imaging Measurement Report")
        .contains("Probability of finding", "0.871235", "cardiomegaly")
        .contains("Algorithm Version", "line-000120", "Research only")
        .contains("DX image")
        .doesNotContainIgnoringCase("invalid");
  }

  @Test
  void shouldKeepToTheStandard(@TempDir Path folder) throws Exception {
    KnownStudy bare = new KnownStudy("", "", "1.2.840.77.1", List.of());
    for (KnownStudy study : List.of(Results.STUDY, bare)) {
      Path file = Files.write(folder.resolve("report.dcm"), document(Results.of(study)).file());

      String verdict = verdict(file);

      assertThat(verdict).contains("ComprehensiveSR").doesNotContain("Error");
    }
  }

  private static String verdict(Path file) throws IOException, InterruptedException {
    return Programs.output(Programs.command("dciodvfy", "dicom3tools", file.toString()));
  }
}
