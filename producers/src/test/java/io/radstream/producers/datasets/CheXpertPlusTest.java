package io.radstream.producers.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.datasets.CheXpertPlus.LabelledText;
import io.radstream.producers.datasets.DatasetSource.Selection;
import io.radstream.producers.publish.StudyPart;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.schemas.Projection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheXpertPlusTest {

  private static final String HEADER =
      "path_to_image,path_to_dcm,frontal_lateral,ap_pa,deid_patient_id,patient_report_date_order,"
          + "report,section_narrative,section_clinical_history,section_history,"
          + "section_comparison,section_technique,section_procedure_comments,section_findings,"
          + "section_impression,section_end_of_impression,section_summary,"
          + "section_accession_number,age,sex,race,ethnicity,interpreter_needed,insurance_type,"
          + "recent_bmi,deceased,split";

  private static final CheXpertPlus PLUS = plus(LabelledText.REPORT);

  @TempDir private Path root;
  private DatasetTree tree;

  @BeforeEach
  void layOut() throws IOException {
    tree =
        new DatasetTree(root)
            .text(
                "df_chexpert_plus_240401.csv",
                HEADER,
                row(
                    "train/patient42142/study5/view1_frontal.jpg",
                    "Frontal",
                    "AP",
                    "\"NARRATIVE:\nChest, \"\"portable\"\".\nIMPRESSION:\n1. Clear.\"",
                    "train"),
                row(
                    "train/patient42142/study5/view2_lateral.jpg",
                    "Lateral",
                    "",
                    "\"NARRATIVE:\nChest, \"\"portable\"\".\nIMPRESSION:\n1. Clear.\"",
                    "train"),
                row("valid/patient64541/study1/view1_frontal.jpg", "Frontal", "LL", "", "valid"))
            .text(
                "chexbert_labels/report_fixed.json",
                "{\"path_to_image\": \"train/patient42142/study5/view1_frontal.jpg\","
                    + " \"Cardiomegaly\": null, \"Lung Opacity\": -1.0, \"Pleural Effusion\": 0.0,"
                    + " \"Fracture\": NaN, \"No Finding\": 1.0}",
                "{\"path_to_image\": \"train/patient9/study9/view1_frontal.jpg\", \"Edema\": 1.0}")
            .picture("PNG/train/patient42142/study5/view1_frontal.png", 44)
            .picture("CheXpert-v1.0-small/train/patient42142/study5/view2_lateral.jpg", 45);
  }

  @Test
  void shouldReadStudiesWithReportsLabelsAndPictures() throws IOException {
    List<StudyPart> parts = tree.parts(PLUS);

    StudyPart first = parts.get(0);
    assertThat(first.patient()).isEqualTo("chexpert-plus/train/patient42142");
    assertThat(first.study()).isEqualTo("chexpert-plus/train/patient42142/study5");
    assertThat(DatasetTree.report(first))
        .isEqualTo("NARRATIVE:\nChest, \"portable\".\nIMPRESSION:\n1. Clear.");
    assertThat(first.labels()).isEqualTo(Map.of("pleural effusion", 0.0, "no finding", 1.0));
    assertThat(first.views())
        .extracting(RawView::key)
        .containsExactly("view1_frontal", "view2_lateral");
    assertThat(first.views())
        .extracting(RawView::projection)
        .containsExactly(Projection.AP, Projection.LATERAL);
    assertThat(first.views()).extracting(DatasetTree::width).containsExactly(44, 45);
  }

  @Test
  void shouldMakeAReportOfSectionsAndKeepToTheSplit() throws IOException {
    Selection validate = new Selection(Optional.of(Split.VALIDATE), Optional.empty());

    List<StudyPart> parts = tree.parts(PLUS, validate);

    assertThat(parts).hasSize(1);
    assertThat(DatasetTree.report(parts.get(0))).isEqualTo("FINDINGS: Lungs.\nIMPRESSION: None.\n");
    assertThat(parts.get(0).views().get(0).projection()).isEqualTo(Projection.UNKNOWN);
  }

  @Test
  void shouldSayWhichLabelsAreMissingAndHowMuchElse() throws IOException {
    assertThat(tree.deviations(plus(LabelledText.IMPRESSION)))
        .anyMatch(it -> it.contains("chexbert_labels/impression_fixed.json"))
        .anyMatch(it -> it.contains("3 images found, 223,462 expected"));
  }

  @Test
  void shouldHaveNoTestSplit() {
    Selection test = new Selection(Optional.of(Split.TEST), Optional.empty());

    assertThatThrownBy(() -> tree.parts(PLUS, test))
        .isInstanceOf(DatasetException.class)
        .hasMessage("chexpert-plus has no split \"test\"");
  }

  @Test
  void shouldNameTheRowWhosePathIsNone() throws IOException {
    tree.text(
        "df_chexpert_plus_240401.csv",
        HEADER,
        row("../../etc/patient1/study1/passwd", "Frontal", "AP", "x", "train"));

    assertThatThrownBy(() -> tree.parts(PLUS))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("df_chexpert_plus_240401.csv")
        .hasMessageContaining("row 2")
        .hasMessageNotContaining("passwd");
  }

  private static CheXpertPlus plus(LabelledText text) {
    return new CheXpertPlus(text, Uncertain.IGNORE);
  }

  private static String row(
      String image, String frontal, String position, String report, String split) {
    return image
        + ","
        + image.replace(".jpg", ".dcm")
        + ","
        + frontal
        + ","
        + position
        + ",patient1,1,"
        + report
        + ",,,,,,,Lungs.,None.,,,,65.0,Male,White,Non-Hispanic,No,Medicare,25.1,No,"
        + split;
  }
}
