package io.radstream.producers.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.datasets.DatasetSource.Selection;
import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.publish.StudyPart;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.schemas.Projection;
import io.radstream.schemas.RejectionReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PadChestTest {

  private static final String TABLE = "PADCHEST_chest_x_ray_images_labels_160K_01.02.19.csv";
  private static final String HEADER =
      ",ImageID,ImageDir,StudyDate_DICOM,StudyID,PatientID,PatientBirth,PatientSex_DICOM,"
          + "ViewPosition_DICOM,Projection,MethodProjection,Pediatric,Modality_DICOM,"
          + "Manufacturer_DICOM,PhotometricInterpretation_DICOM,PixelRepresentation_DICOM,"
          + "PixelAspectRatio_DICOM,SpatialResolution_DICOM,BitsStored_DICOM,WindowCenter_DICOM,"
          + "WindowWidth_DICOM,Rows_DICOM,Columns_DICOM,XRayTubeCurrent_DICOM,Exposure_DICOM,"
          + "ExposureInuAs_DICOM,ExposureTime,RelativeXRayExposure_DICOM,ReportID,Report,"
          + "MethodLabel,Labels,Localizations,LabelsLocalizationsBySentence,labelCUIS,"
          + "LocalizationsCUIS";

  @TempDir private Path root;

  @Test
  void shouldReadStudiesFromFoldersAndArchives() throws IOException {
    DatasetTree tree =
        new DatasetTree(root)
            .gzip(
                TABLE + ".gz",
                HEADER,
                row(0, "a_1.png", 0, "s1", "p1", "PA", "sin hallazgos .", "['normal']"),
                row(1, "a_2.png", 0, "s1", "p1", "L", "sin hallazgos .", "['normal']"),
                row(
                    2,
                    "b_1.png",
                    7,
                    "s2",
                    "p2",
                    "AP_horizontal",
                    "derrame .",
                    "['pleural effusion', ' cardiomegaly']"))
            .picture("0/a_1.png", 40)
            .picture("images/a_2.png", 41)
            .zip("7.zip", Map.of("b_1.png", DatasetTree.png(42)));

    try (DatasetSource source = DatasetSource.open(new PadChest(), root, Selection.ALL)) {
      List<StudyPart> parts = source.items().map(item -> ((SourceItem.Found) item).part()).toList();

      assertThat(parts).extracting(StudyPart::study).containsExactly("padchest/s1", "padchest/s2");
      assertThat(DatasetTree.report(parts.get(0))).isEqualTo("sin hallazgos .");
      assertThat(parts.get(0).views())
          .extracting(RawView::projection)
          .containsExactly(Projection.PA, Projection.LATERAL);
      assertThat(parts.get(0).views()).extracting(DatasetTree::width).containsExactly(40, 41);
      assertThat(parts.get(1).views()).extracting(DatasetTree::width).containsExactly(42);
      assertThat(parts.get(1).views().get(0).projection()).isEqualTo(Projection.AP);
      assertThat(parts.get(1).labels())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of("pleural effusion", 1.0, "cardiomegaly", 1.0, "normal", 0.0));
    }
    assertThat(tree.deviations(new PadChest()))
        .containsExactly(
            "not the set as published: 3 images found, 160,861 expected; 2 patients found, 67,625"
                + " expected");
  }

  @Test
  void shouldNotTakeForAbsentWhatAReportLeavesOpen() throws IOException {
    DatasetTree tree =
        new DatasetTree(root)
            .text(
                TABLE,
                HEADER,
                row(0, "a.png", 0, "s1", "p1", "PA", "", "['normal']"),
                row(1, "b.png", 0, "s2", "p1", "PA", "sin cambios", "['unchanged', 'nodule']"),
                row(2, "c.png", 0, "s3", "p1", "PA", "x", ""));

    List<StudyPart> parts = tree.parts(new PadChest());

    assertThat(parts.get(0).report()).isEmpty();
    assertThat(parts.get(1).labels()).isEqualTo(Map.of("nodule", 1.0));
    assertThat(parts.get(2).labels()).isEmpty();
  }

  @Test
  void shouldLeaveOutWhatIsNoChestAndRefuseAStudyOfNothingElse() throws IOException {
    DatasetTree tree =
        new DatasetTree(root)
            .text(
                TABLE,
                HEADER,
                row(0, "a.png", 0, "s1", "p1", "PA", "x", "['normal']"),
                row(1, "b.png", 0, "s1", "p1", "EXCLUDE", "x", "['normal']"),
                row(2, "c.png", 0, "s2", "p1", "EXCLUDE", "x", "['exclude']"));

    List<SourceItem> items = tree.items(new PadChest(), Selection.ALL);

    assertThat(((SourceItem.Found) items.get(0)).part().views())
        .extracting(RawView::key)
        .containsExactly("a");
    assertThat(((SourceItem.Refused) items.get(1)).reason()).isEqualTo(RejectionReason.NO_VIEW);
    assertThat(tree.deviations(new PadChest()).get(0)).contains("3 images found");
  }

  @Test
  void shouldNameTheTableThatIsMissing() {
    assertThatThrownBy(() -> new DatasetTree(root).parts(new PadChest()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContainingAll(TABLE, "bimcv.cipf.es");
  }

  private static String row(
      int number,
      String image,
      int folder,
      String study,
      String patient,
      String projection,
      String report,
      String labels) {
    return number
        + ","
        + image
        + ","
        + folder
        + ",20140915,"
        + study
        + ","
        + patient
        + ",1930.0,F,POSTEROANTERIOR,"
        + projection
        + ",Manual review of DICOM fields,No,CR,ImagingDynamicsCompanyLtd,MONOCHROME2,0,,0.1,12,"
        + "2048,4096,2539,2705,,10,,,,4765777,"
        + report
        + ",Physician,\""
        + labels
        + "\",['loc basal'],\"[['normal']]\",[],[]";
  }
}
