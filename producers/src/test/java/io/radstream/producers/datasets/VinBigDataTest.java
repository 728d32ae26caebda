package io.radstream.producers.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.datasets.DatasetSource.Selection;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.StudyPart;
import io.radstream.producers.publish.StudyPart.Frame;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.producers.publish.StudyPart.RawBox;
import io.radstream.radiology.image.GrayImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VinBigDataTest {

  private static final VinBigData PNG_ONLY = new VinBigData(Optional.empty());

  @TempDir private Path root;

  @Test
  void shouldReadTheSetAsOfPhysioNet() throws IOException {
    DatasetTree tree = physioNet().text("train/aa.dicom", "DICM");
    VinBigData withDicom =
        new VinBigData(Optional.of(file -> new GrayImage(70, 70, new byte[4900])));

    List<StudyPart> parts = tree.parts(withDicom);

    assertThat(parts)
        .extracting(StudyPart::study)
        .containsExactly("vinbigdata/aa", "vinbigdata/zz");
    assertThat(parts.get(0).labels())
        .hasSize(4)
        .containsEntry("cardiomegaly", 2.0 / 3)
        .containsEntry("nodule mass", 0.0)
        .containsEntry("other disease", 1.0 / 3)
        .containsEntry("no finding", 1.0 / 3);
    assertThat(parts.get(0).views().get(0).boxes())
        .containsExactly(
            new RawBox("cardiomegaly", 100, 200, 50, 60, Optional.of("R10"), Optional.empty()),
            new RawBox("cardiomegaly", 101, 200, 50, 60.5, Optional.of("R8"), Optional.empty()));
    assertThat(DatasetTree.width(parts.get(0).views().get(0))).isEqualTo(70);
    assertThat(parts.get(1).labels()).containsEntry("cardiomegaly", 1.0);
    assertThat(parts.get(1).views().get(0).boxes())
        .extracting(RawBox::reader)
        .containsExactly(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({"ANY, 1, 1, 0", "MAJORITY, 1, 0, 0"})
  void shouldLetReadersComeToOneLabel(
      Readers readers, double cardiomegaly, double otherDisease, double noFinding)
      throws IOException {
    List<StudyPart> parts = physioNet().parts(new VinBigData(Optional.empty(), readers));

    assertThat(parts.get(0).labels())
        .containsEntry("cardiomegaly", cardiomegaly)
        .containsEntry("other disease", otherDisease)
        .containsEntry("nodule mass", 0.0)
        .containsEntry("no finding", noFinding);
    assertThat(parts.get(1).labels())
        .containsEntry("cardiomegaly", 1.0)
        .containsEntry("no finding", 0.0);
  }

  @Test
  void shouldKeepToTheSplit() throws IOException {
    Selection test = new Selection(Optional.of(Split.TEST), Optional.empty());

    assertThat(physioNet().parts(PNG_ONLY, test))
        .extracting(StudyPart::study)
        .containsExactly("vinbigdata/zz");
  }

  @Test
  void shouldReadTheCompetitionWithSmallerPictures() throws IOException {
    DatasetTree tree =
        new DatasetTree(root)
            .text(
                "train.csv",
                "image_id,class_name,class_id,rad_id,x_min,y_min,x_max,y_max",
                "aa,No finding,14,R11,,,,",
                "aa,Aortic enlargement,0,R7,691.0,1375.0,1653.0,1831.0",
                "aa,Aortic enlargement,0,R7,10.0,20.0,30.0,40.0",
                "aa,No finding,14,R10,,,,")
            .text("train_meta.csv", "image_id,dim0,dim1", "aa,2580,2332")
            .picture("train/aa.png", 80);

    StudyPart part = tree.parts(PNG_ONLY).get(0);

    assertThat(part.labels())
        .hasSize(15)
        .containsEntry("aortic enlargement", 1.0 / 3)
        .containsEntry("no finding", 2.0 / 3)
        .containsEntry("pneumothorax", 0.0);
    assertThat(part.views().get(0).boxes())
        .hasSize(2)
        .allMatch(box -> box.frame().equals(Optional.of(new Frame(2332, 2580))));
    assertThat(DatasetTree.width(part.views().get(0))).isEqualTo(80);
    assertThat(tree.deviations(PNG_ONLY).get(0)).contains("1 images found, 15,000 expected");
  }

  @Test
  void shouldSayThatADicomFileIsNotRead() throws IOException {
    DatasetTree tree = physioNet().text("train/aa.dicom", "DICM");
    Image image = tree.parts(PNG_ONLY).get(0).views().get(0).image();

    assertThatThrownBy(() -> ((Image.Deferred) image).reader().read())
        .isInstanceOf(RefusedStudyException.class)
        .hasMessageContaining("image 1: a DICOM file");
  }

  @Test
  void shouldNameWhatIsMissing() {
    assertThatThrownBy(() -> new DatasetTree(root).parts(PNG_ONLY))
        .isInstanceOf(DatasetException.class)
        .hasMessageContainingAll("annotations/image_labels_train.csv", "train.csv", "kaggle.com");
  }

  private DatasetTree physioNet() throws IOException {
    return new DatasetTree(root)
        .text(
            "annotations/image_labels_train.csv",
            "image_id,rad_id,Cardiomegaly,Nodule/Mass,Other diseases,No finding",
            "aa,R10,1.0,0.0,1.0,0.0",
            "aa,R8,1.0,0.0,0.0,0.0",
            "aa,R9,0.0,0.0,0.0,1.0")
        .text(
            "annotations/annotations_train.csv",
            "image_id,rad_id,class_name,x_min,y_min,x_max,y_max",
            "aa,R10,Cardiomegaly,100,200,150,260",
            "aa,R8,Cardiomegaly,101,200,151,260.5",
            "aa,R9,No finding,,,,")
        .text(
            "annotations/image_labels_test.csv",
            "image_id,Cardiomegaly,Nodule/Mass,Other disease,No finding",
            "zz,1,0,0,0")
        .text(
            "annotations/annotations_test.csv",
            "image_id,class_name,x_min,y_min,x_max,y_max",
            "zz,Cardiomegaly,1,2,3,4");
  }
}
