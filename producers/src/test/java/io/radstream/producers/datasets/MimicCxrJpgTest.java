package io.radstream.producers.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.datasets.DatasetSource.Selection;
import io.radstream.producers.datasets.MimicCxrJpg.Labeler;
import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.publish.StudyPart;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.schemas.Projection;
import io.radstream.schemas.RejectionReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MimicCxrJpgTest {

  private static final String METADATA =
      "dicom_id,subject_id,study_id,PerformedProcedureStepDescription,ViewPosition,Rows,Columns,"
          + "StudyDate,StudyTime,ProcedureCodeSequence_CodeMeaning,ViewCodeSequence_CodeMeaning,"
          + "PatientOrientationCodeSequence_CodeMeaning";
  private static final String FINDINGS =
      "subject_id,study_id,Atelectasis,Cardiomegaly,Consolidation,Edema,Enlarged"
          + " Cardiomediastinum,Fracture,Lung Lesion,Lung Opacity,No Finding,Pleural"
          + " Effusion,Pleural Other,Pneumonia,Pneumothorax,Support Devices";

  private static final MimicCxrJpg MIMIC = mimic(Uncertain.IGNORE);

  @TempDir private Path root;
  private DatasetTree tree;

  @BeforeEach
  void layOut() throws IOException {
    tree =
        new DatasetTree(root)
            .gzip(
                "mimic-cxr-2.0.0-metadata.csv.gz",
                METADATA,
                "aa-1,10000001,50000001,CHEST (PA AND LAT),PA,3056,2544,21800506,93014.531,CHEST"
                    + " (PA AND LAT),postero-anterior,Erect",
                "aa-2,10000001,50000001,CHEST (PA AND LAT),LATERAL,3056,2544,21800506,93014.531,"
                    + "CHEST (PA AND LAT),lateral,Erect",
                "bb-1,10000001,50000002,CHEST (PORTABLE AP),,2544,3056,21800626,,CHEST (PORTABLE"
                    + " AP),antero-posterior,")
            .text(
                "mimic-cxr-2.0.0-split.csv",
                "dicom_id,study_id,subject_id,split",
                "aa-1,50000001,10000001,train",
                "aa-2,50000001,10000001,train",
                "bb-1,50000002,10000001,test")
            .gzip(
                "mimic-cxr-2.0.0-chexpert.csv.gz",
                FINDINGS,
                "10000001,50000001,,1.0,0.0,-1.0,,,,,,,,,,",
                "10000001,50000002,,,,,,,,,1.0,,,,,1.0")
            .picture("files/p10/p10000001/s50000001/aa-1.jpg", 40)
            .picture("files/p10/p10000001/s50000001/aa-2.jpg", 41)
            .picture("files/p10/p10000001/s50000002/bb-1.jpg", 42)
            .text("files/p10/p10000001/s50000001.txt", "FINAL REPORT", "FINDINGS: Large heart.")
            .text("files/p10/p10000001/s50000002.txt", "IMPRESSION: Clear.");
  }

  @Test
  void shouldReadStudiesWithAllThatIsKnownOfThem() throws IOException {
    List<StudyPart> parts = tree.parts(MIMIC);

    assertThat(parts).hasSize(2);
    StudyPart first = parts.get(0);
    assertThat(first.patient()).isEqualTo("mimic-cxr-jpg/10000001");
    assertThat(first.study()).isEqualTo("mimic-cxr-jpg/50000001");
    assertThat(DatasetTree.report(first)).isEqualTo("FINAL REPORT\nFINDINGS: Large heart.\n");
    assertThat(first.labels())
        .containsExactlyInAnyOrderEntriesOf(Map.of("cardiomegaly", 1.0, "consolidation", 0.0));
    assertThat(first.views()).extracting(RawView::key).containsExactly("aa-1", "aa-2");
    assertThat(first.views())
        .extracting(RawView::projection)
        .containsExactly(Projection.PA, Projection.LATERAL);
    assertThat(first.views()).extracting(DatasetTree::width).containsExactly(40, 41);
    assertThat(first.views().get(0).facts().acquired())
        .contains(LocalDateTime.of(2180, 5, 6, 9, 30, 14));
  }

  @Test
  void shouldTakeTheViewsCodeWhereThereIsNoPosition() throws IOException {
    RawView view = tree.parts(MIMIC).get(1).views().get(0);

    assertThat(view.projection()).isEqualTo(Projection.AP);
    assertThat(view.facts().acquired()).isEmpty();
  }

  @Test
  void shouldKeepToTheSplit() throws IOException {
    Selection test = new Selection(Optional.of(Split.TEST), Optional.empty());

    List<StudyPart> parts = tree.parts(MIMIC, test);

    assertThat(parts).extracting(StudyPart::study).containsExactly("mimic-cxr-jpg/50000002");
  }

  @Test
  void shouldTakeUnsureFindingsAsAsked() throws IOException {
    assertThat(tree.parts(mimic(Uncertain.POSITIVE)).get(0).labels()).containsEntry("edema", 1.0);
    assertThat(tree.parts(mimic(Uncertain.NEGATIVE)).get(0).labels()).containsEntry("edema", 0.0);
  }

  @Test
  void shouldReadReportsFromTheirArchive() throws IOException {
    Files.delete(root.resolve("files/p10/p10000001/s50000001.txt"));
    Files.delete(root.resolve("files/p10/p10000001/s50000002.txt"));
    tree.zip(
        "mimic-cxr-reports.zip",
        Map.of(
            "files/p10/p10000001/s50000001.txt",
            "FINDINGS: Packed.".getBytes(StandardCharsets.UTF_8)));

    List<SourceItem> items = tree.items(MIMIC, Selection.ALL);

    assertThat(DatasetTree.report(((SourceItem.Found) items.get(0)).part()))
        .isEqualTo("FINDINGS: Packed.");
    assertThat(items.get(1))
        .isEqualTo(
            new SourceItem.Refused(
                2, RejectionReason.NO_REPORT, "the file of the report does not exist"));
  }

  @Test
  void shouldSayWhereTheReportsComeFromAndGoWithoutThemWhenAsked() throws IOException {
    Files.delete(root.resolve("files/p10/p10000001/s50000001.txt"));
    Files.delete(root.resolve("files/p10/p10000001/s50000002.txt"));
    MimicCxrJpg without =
        new MimicCxrJpg(Labeler.CHEXPERT, Uncertain.IGNORE, Optional.empty(), true);

    assertThatThrownBy(() -> tree.parts(MIMIC))
        .isInstanceOf(DatasetException.class)
        .hasMessageContainingAll("mimic-cxr-reports.zip", "MIMIC-CXR 2.x", "physionet.org");
    assertThat(tree.parts(without)).hasSize(2).allMatch(part -> part.report().isEmpty());
  }

  @Test
  void shouldNameTheFileThatIsMissing() throws IOException {
    Files.delete(root.resolve("mimic-cxr-2.0.0-metadata.csv.gz"));

    assertThatThrownBy(() -> tree.parts(MIMIC))
        .isInstanceOf(DatasetException.class)
        .hasMessageContainingAll("mimic-cxr-2.0.0-metadata.csv", root.toString(), "physionet.org");
  }

  @Test
  void shouldTellWhatDiffersFromTheSetAsPublished() throws IOException {
    MimicCxrJpg negbio = new MimicCxrJpg(Labeler.NEGBIO, Uncertain.IGNORE, Optional.empty(), false);

    List<String> deviations = tree.deviations(negbio);

    assertThat(deviations).hasSize(2);
    assertThat(deviations.get(0)).contains("mimic-cxr-2.0.0-negbio.csv", "physionet.org");
    assertThat(deviations.get(1))
        .contains("3 images found, 377,110 expected")
        .contains("2 studies found, 227,835 expected")
        .contains("1 patients found, 65,379 expected");
  }

  @Test
  void shouldNotLeaveTheDirectoryForAPatientThatIsAPath() throws IOException {
    tree.gzip(
        "mimic-cxr-2.0.0-metadata.csv.gz",
        METADATA,
        "aa-1,10000001,50000001,,PA,1,1,21800506,1,,,",
        "passwd,../../../../../../etc,50000002,,PA,1,1,21800506,1,,,");

    List<SourceItem> items = tree.items(MIMIC, Selection.ALL);

    assertThat(items).hasSize(2);
    assertThat(items.get(1))
        .isEqualTo(
            new SourceItem.Refused(
                2,
                RejectionReason.INVALID_RECORD,
                "the file lies outside the directory of the set"));
  }

  private static MimicCxrJpg mimic(Uncertain uncertain) {
    return new MimicCxrJpg(Labeler.CHEXPERT, uncertain, Optional.empty(), false);
  }
}
