package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluateReportsCommandTest {

  private static final String KNOWN =
      """
      {"studyId": "b", "report": "The heart is normal in size, the lungs are clear."}
      {"studyId": "c", "report": "No acute abnormality."}
      {"studyId": "a", "report": "There is a small RIGHT pleural effusion.", "site": "x"}

      """;

  @TempDir private Path directory;

  private Invocation reports(String written, String... options) throws IOException {
    Path mine = Files.writeString(directory.resolve("written.jsonl"), written);
    Path known = Files.writeString(directory.resolve("known.jsonl"), KNOWN);
    List<String> arguments =
        new ArrayList<>(List.of("evaluate", "reports", mine.toString(), known.toString()));
    arguments.addAll(List.of(options));
    return Invocation.of(arguments.toArray(String[]::new));
  }

  @Test
  void shouldMeasureTheStudiesThatBothFilesHave() throws IOException {
    Invocation invocation =
        reports(
            """
            {"studyId": "a", "report": "there is a small left pleural effusion"}
            {"studyId": "b", "report": "the heart is normal in size; the lungs are clear"}
            {"studyId": "z", "report": "clear"}
            """,
            "--rounds=50",
            "--json");

    assertThat(invocation.exitCode()).describedAs(invocation.err()).isEqualTo(Radstream.DONE);
    List<String> lines = invocation.out().lines().toList();
    assertThat(lines.get(0)).contains("2 studies", "1 without a reference", "1 without a written");
    JsonNode summary = new ObjectMapper().readTree(lines.get(lines.size() - 1));
    assertThat(summary.get("figures"))
        .extracting(row -> row.get("figure").asText())
        .containsExactly("BLEU-1", "BLEU-2", "BLEU-3", "BLEU-4", "ROUGE-L", "METEOR", "CIDEr-D");
    JsonNode bleu = summary.at("/figures/0");
    assertThat(bleu.get("value").asDouble()).isCloseTo(16.0 / 17, within(1e-12));
    assertThat(bleu.get("low").asDouble()).isCloseTo(6.0 / 7, within(1e-12));
    assertThat(bleu.get("high").asDouble()).isEqualTo(1);
  }

  @Test
  void shouldCompareWhatReportsSayIsThere() throws IOException {
    Invocation invocation =
        reports(
            """
            {"studyId": "a", "report": "Small pleural effusion. No pneumothorax."}
            {"studyId": "b", "report": "Lungs are clear. Possible cardiomegaly."}
            {"studyId": "c", "report": "There is a nodule."}
            """,
            "--rounds=50",
            "--json");

    JsonNode summary = invocation.json();
    assertThat(label(summary, "effusion").at("/measures/2/value").asDouble()).isEqualTo(1);
    assertThat(label(summary, "nodule").get("written").asInt()).isEqualTo(1);
    assertThat(label(summary, "nodule").get("known").asInt()).isZero();
    assertThat(label(summary, "nodule").at("/measures/0/figure").asText()).isEqualTo("precision");
    assertThat(label(summary, "cardiomegaly").get("measures")).isEmpty();
    assertThat(label(summary, "micro").at("/measures/0/value").asDouble()).isEqualTo(0.5);
    assertThat(label(summary, "macro").at("/measures/0/value").asDouble()).isEqualTo(0.5);
  }

  @Test
  void shouldCountWhatIsDoubtedAsThereIfAsked() throws IOException {
    Invocation invocation =
        reports(
            "{\"studyId\": \"a\", \"report\": \"Possible pleural effusion.\"}",
            "--uncertain-present",
            "--rounds=5",
            "--json");

    assertThat(label(invocation.json(), "effusion").at("/measures/1/value").asDouble())
        .isEqualTo(1);
  }

  private static JsonNode label(JsonNode summary, String finding) {
    return summary.get("labels").findParents("finding").stream()
        .filter(row -> row.get("finding").asText().equals(finding))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "written.jsonl | WRITTEN and KNOWN, or --checkpoint and no file",
        "written.jsonl known.jsonl --checkpoint=d | or --checkpoint and no file",
        "written.jsonl known.jsonl --offsets=0:0-3 | --offsets are read with --checkpoint",
        "--checkpoint=d --topic=studies | --topic: tuples.validation or tuples.train",
      })
  void shouldSayWhatIsWrongWithTheOptions(String options, String message) {
    List<String> arguments = new ArrayList<>(List.of("evaluate", "reports"));
    arguments.addAll(List.of(options.split(" ")));

    Invocation invocation = Invocation.of(arguments.toArray(String[]::new));

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"studyId\": \"secret\"}",
        "[\"secret\"]",
        "secret",
        "{\"studyId\": \"a\", \"report\": \"\"}\n{\"studyId\": \"a\", \"report\": \"secret\"}"
      })
  void shouldNameALineThatIsNoReportWithoutItsWords(String written) throws IOException {
    Invocation invocation = reports(written);

    assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(invocation.err()).contains("written.jsonl, line ").doesNotContain("secret");
  }

  @Test
  void shouldSayThatNoStudyIsInBoth() throws IOException {
    Invocation invocation = reports("{\"studyId\": \"z\", \"report\": \"clear\"}");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(invocation.err()).contains("no study is in both files");
  }

  @Test
  void shouldRefuseNoRounds() throws IOException {
    assertThat(reports("", "--rounds=0").exitCode()).isEqualTo(Radstream.WRONG_USAGE);
  }
}
