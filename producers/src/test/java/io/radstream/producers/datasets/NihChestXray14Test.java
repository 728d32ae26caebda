package io.radstream.producers.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.datasets.DatasetSource.Selection;
import io.radstream.producers.publish.StudyPart;
import io.radstream.producers.publish.StudyPart.Frame;
import io.radstream.producers.publish.StudyPart.RawBox;
import io.radstream.schemas.Projection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NihChestXray14Test {

  private static final NihChestXray14 NIH = new NihChestXray14();

  @TempDir private Path root;
  private DatasetTree tree;

  @BeforeEach
  void layOut() throws IOException {
    tree =
        new DatasetTree(root)
            .text(
                "Data_Entry_2017.csv",
                "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View"
                    + " Position,OriginalImage[Width,Height],OriginalImagePixelSpacing[x,y],",
                "00000001_000.png,Cardiomegaly|Pleural_Thickening,0,1,58,M,PA,2682,2749,0.143,0.143,",
                "00000001_001.png,No Finding,1,1,58,M,AP,2894,2729,0.143,0.143,")
            .text("train_val_list.txt", "00000001_000.png")
            .text("test_list.txt", "00000001_001.png")
            .text(
                "BBox_List_2017.csv",
                "Image Index,Finding Label,Bbox [x,y,w,h],,,",
                "00000001_000.png,Infiltrate,225.084745762712,547.5,86.25,79.5")
            .picture("images_001/images/00000001_000.png", 64)
            .picture("images_012/images/00000001_001.png", 65);
  }

  @Test
  void shouldMakeAStudyOfEachPicture() throws IOException {
    List<StudyPart> parts = tree.parts(NIH);

    assertThat(parts).hasSize(2);
    StudyPart first = parts.get(0);
    assertThat(first.patient()).isEqualTo("nih-chestxray14/1");
    assertThat(first.report()).isEmpty();
    assertThat(first.labels())
        .hasSize(15)
        .containsEntry("cardiomegaly", 1.0)
        .containsEntry("pleural thickening", 1.0)
        .containsEntry("no finding", 0.0)
        .containsEntry("mass", 0.0);
    assertThat(first.views().get(0).projection()).isEqualTo(Projection.PA);
    assertThat(DatasetTree.width(first.views().get(0))).isEqualTo(64);
    assertThat(first.views().get(0).boxes())
        .containsExactly(
            new RawBox(
                "infiltration",
                225.084745762712,
                547.5,
                86.25,
                79.5,
                Optional.empty(),
                Optional.of(new Frame(1024, 1024))));
    assertThat(parts.get(1).labels()).containsEntry("no finding", 1.0);
    assertThat(DatasetTree.width(parts.get(1).views().get(0))).isEqualTo(65);
  }

  @Test
  void shouldKeepToTheSplit() throws IOException {
    Selection test = new Selection(Optional.of(Split.TEST), Optional.empty());

    assertThat(tree.parts(NIH, test))
        .extracting(StudyPart::study)
        .containsExactly("nih-chestxray14/00000001_001.png");
  }

  @Test
  void shouldSayWhatIsMissing() throws IOException {
    Files.delete(root.resolve("BBox_List_2017.csv"));
    assertThat(tree.deviations(NIH))
        .anyMatch(it -> it.contains("BBox_List_2017.csv"))
        .anyMatch(it -> it.contains("2 images found, 112,120 expected"));

    Files.delete(root.resolve("test_list.txt"));
    assertThatThrownBy(() -> tree.parts(NIH))
        .isInstanceOf(DatasetException.class)
        .hasMessageContainingAll("test_list.txt", "NIH");
  }

  @Test
  void shouldNotTakeABoxThatIsNoPlace() throws IOException {
    tree.text(
        "BBox_List_2017.csv",
        "Image Index,Finding Label,Bbox [x,y,w,h],,,",
        "00000001_000.png,Mass,NaN,1,1,1");

    assertThatThrownBy(() -> tree.parts(NIH))
        .isInstanceOf(DatasetException.class)
        .hasMessageContainingAll("BBox_List_2017.csv", "row 2");
  }
}
