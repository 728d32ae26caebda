package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.KafkaConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class SectionsCommandTest {

  @Test
  void shouldTellWhatIsKeptOfEachReportOfAFile(@TempDir Path directory) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("studies.jsonl"),
            """
            {"patient": "1", "text": "INDICATION: cough\\nFINDINGS: Clear lungs, normal heart."}

            not JSON
            {"text": "History: a cough."}
            """);

    Invocation invocation = Invocation.of("sections", "--path", file.toString(), "--json");

    assertThat(invocation.out())
        .contains("report 1: [FINDINGS]", "- [INDICATION]", "-   cough", "+   Clear lungs, normal");
    JsonNode counts = invocation.json();
    assertThat(counts.get("reports").asLong()).isEqualTo(2);
    assertThat(counts.get("findings").asLong()).isEqualTo(1);
    assertThat(counts.get("nothing").asLong()).isEqualTo(1);
    assertThat(counts.get("words_kept").asLong()).isEqualTo(4);
    assertThat(counts.get("words_left_out").asLong()).isEqualTo(3);
    assertThat(counts.get("lines_without_text").asLong()).isEqualTo(1);
  }

  @Test
  void shouldReadAFileThatIsOneReport(@TempDir Path directory) throws Exception {
    Path file =
        Files.writeString(directory.resolve("report.txt"), "HISTORY: pain\n\nThe lungs are clear.");

    Invocation invocation = Invocation.of("sections", "--path", file.toString());

    assertThat(invocation.out()).contains("[LAST_PARAGRAPH]", "+   The lungs are clear.");
  }

  @Test
  void shouldCountTheReportsOfATopic(KafkaConnection cluster) throws Exception {
    Invocation.on(cluster, "topics", "create").json();
    Invocation.on(cluster, "publish", "synthetic", "--studies=3", "--view-size=64").json();

    Invocation invocation = Invocation.on(cluster, "sections", "--summary");

    assertThat(invocation.json().get("reports").asLong()).isEqualTo(3);
    assertThat(invocation.out()).doesNotContain("+ ");
  }

  @Test
  void shouldSayThatTheFileIsMissing() {
    Invocation invocation = Invocation.of("sections", "--path", "nowhere.jsonl");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("nowhere.jsonl");
  }
}
