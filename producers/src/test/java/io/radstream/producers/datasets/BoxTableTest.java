package io.radstream.producers.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoxTableTest {

  @TempDir private Path directory;

  private BoxTable table(BoxTable.Form form, String text) throws IOException {
    return new BoxTable(Files.writeString(directory.resolve("boxes.csv"), text), form);
  }

  @Test
  void shouldReadBoxesOfNihAsPublished() throws IOException {
    // Given the line of names as it is, with the comma inside its brackets
    BoxTable table =
        table(
            BoxTable.Form.NIH,
            """
            Image Index,Finding Label,Bbox [x,y,w,h],,,
            00000001_000.png,Effusion,10.5,20,30,40,,,
            """);

    assertThat(table.read())
        .containsExactly(
            new BoxTable.Drawn("00000001_000.png", FindingNames.of("Effusion"), 10.5, 20, 30, 40));
  }

  @Test
  void shouldReadBoxesOfVinBigDataAndPassOverWhatHasNone() throws IOException {
    BoxTable table =
        table(
            BoxTable.Form.VINBIGDATA,
            """
            image_id,class_name,class_id,rad_id,x_min,y_min,x_max,y_max
            a,No finding,14,R1,,,,
            b,Cardiomegaly,3,R2,100,200,400,300
            """);

    assertThat(table.read())
        .containsExactly(
            new BoxTable.Drawn("b", FindingNames.of("Cardiomegaly"), 100, 200, 300, 100));
  }

  @Test
  void shouldRefuseATableThatIsAnother() throws IOException {
    BoxTable table = table(BoxTable.Form.NIH, "image_id,class_name\n");

    assertThatThrownBy(table::read)
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("Image Index");
  }

  @Test
  void shouldNameTheRowOfABoxWithoutArea() throws IOException {
    BoxTable table =
        table(
            BoxTable.Form.VINBIGDATA,
            "image_id,class_name,x_min,y_min,x_max,y_max\nb,Mass,100,200,100,300\n");

    assertThatThrownBy(table::read).hasMessageContaining("row 2").hasMessageContaining("no area");
  }
}
