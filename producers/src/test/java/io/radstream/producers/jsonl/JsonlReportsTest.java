package io.radstream.producers.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonlReportsTest {

  @TempDir private Path folder;

  /** Found by benchmarks/fuzz: reports 49. */
  @Test
  void shouldGoOnBehindALineThatIsNoText() throws IOException {
    byte[] brokenUtf32 = {0, 0, 0, '{', 0x7F, -1, -1, -1};
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    lines.writeBytes(brokenUtf32);
    lines.writeBytes("\n{\"text\":\"Clear.\"}\n".getBytes(StandardCharsets.UTF_8));
    Path file = folder.resolve("studies.jsonl");
    Files.write(file, lines.toByteArray());
    List<String> reports = new ArrayList<>();

    long without = new JsonlReports(file).forEach(reports::add);

    assertThat(reports).containsExactly("Clear.");
    assertThat(without).isEqualTo(1);
  }
}
