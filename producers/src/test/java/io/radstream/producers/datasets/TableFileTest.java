package io.radstream.producers.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFileTest {

  @TempDir private Path root;

  @Test
  void shouldReadQuotedCellsShortRowsAndAByteOrderMark() throws IOException {
    Path file = text("t.csv", "\uFEFFa,b\r\n\"x, \"\"y\"\"\nz\",1\r\n\r\nonly\r\n");
    List<List<String>> rows = new ArrayList<>();

    new TableFile(file)
        .csv(List.of("a", "b"), row -> rows.add(List.of(row.get("a"), row.get("b"))));

    assertThat(rows).containsExactly(List.of("x, \"y\"\nz", "1"), List.of("only", ""));
  }

  @Test
  void shouldStopAtAQuotationMarkThatIsNotClosedBeforeMemoryIsFull() throws IOException {
    Path file = text("t.csv", "a,b\n1,2\n\"3,4\n" + "5,secret\n".repeat(1_000_000));

    assertThatThrownBy(() -> new TableFile(file).csv(List.of("a"), row -> {}))
        .isInstanceOf(DatasetException.class)
        .hasMessageContainingAll("t.csv", "after row 2", "quotation mark")
        .hasMessageNotContaining("secret");
  }

  @Test
  void shouldStopAtAShortFileWithAnOpenQuotationMark() throws IOException {
    Path file = text("t.csv", "a,b\n1,2\n\"secret,4\n");

    assertThatThrownBy(() -> new TableFile(file).csv(List.of("a"), row -> {}))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("after row 2")
        .hasMessageNotContaining("secret");
  }

  @Test
  void shouldStopAtARowWithoutEnd() throws IOException {
    Path file = text("t.csv", "a,b\n" + ",".repeat(5_000_000));

    assertThatThrownBy(() -> new TableFile(file).csv(List.of("a"), row -> {}))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("after row 1");
  }

  @Test
  void shouldSayThatAColumnIsMissingOrAllOfIt() throws IOException {
    Path other = text("t.csv", "x,y\n1,2\n");
    Path empty = text("e.csv", "");

    assertThatThrownBy(() -> new TableFile(other).csv(List.of("a"), row -> {}))
        .hasMessage("t.csv has no column \"a\"; is it the file as published?");
    assertThatThrownBy(() -> new TableFile(empty).csv(List.of("a"), row -> {}))
        .hasMessage("e.csv is empty");
  }

  @Test
  void shouldSayThatAnArchiveIsCutOff() throws IOException {
    new DatasetTree(root).gzip("t.csv.gz", "a,b", "1,2".repeat(1000));
    byte[] whole = Files.readAllBytes(root.resolve("t.csv.gz"));
    Path cut = Files.write(root.resolve("cut.csv.gz"), Arrays.copyOf(whole, whole.length - 9));
    Path none = text("none.csv.gz", "a,b\n");

    assertThatThrownBy(() -> new TableFile(cut).csv(List.of("a"), row -> {}))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("damaged or incomplete");
    assertThatThrownBy(() -> new TableFile(none).csv(List.of("a"), row -> {}))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("no gzip file");
  }

  @Test
  void shouldNotQuoteJsonThatIsNone() throws IOException {
    Path file = text("t.json", "{\"a\": 1}\n{\"secret\n");

    assertThatThrownBy(() -> new TableFile(file).jsonLines(row -> {}))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("after row 1")
        .hasMessageNotContaining("secret");
  }

  private Path text(String name, String text) throws IOException {
    return Files.write(root.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }
}
