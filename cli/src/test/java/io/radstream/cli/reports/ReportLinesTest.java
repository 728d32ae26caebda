package io.radstream.cli.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportLinesTest {

  @TempDir private Path folder;

  @Test
  void shouldSayWhichFileIsNoText() throws IOException {
    Path file = folder.resolve("written.jsonl");
    Files.write(
        file, "{\"studyId\":\"a\",\"report\":\"für\"}".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> new ReportLines().read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": it is no text in UTF-8");
  }

  @Test
  void shouldReadReportsInOrderAndPassBlankLines() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("written.jsonl"),
            "{\"studyId\":\"b\",\"report\":\"clear\"}\n\n{\"studyId\":\"a\",\"report\":\"\",\"x\":1}");

    assertThat(new ReportLines().read(file)).containsExactly(entry("b", "clear"), entry("a", ""));
  }
}
