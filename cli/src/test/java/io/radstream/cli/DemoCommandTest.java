package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole pipeline on its own broker, registry and service, with a few optimizer steps. */
class DemoCommandTest {

  @TempDir private Path directory;

  @Test
  void shouldLearnFromPublishedStudiesAndServeWhatItLearned() throws IOException {
    JsonNode summary = demo("--studies", "120", "--steps", "4");

    assertThat(summary.get("studies_published").asLong()).isEqualTo(120);
    assertThat(accountedFor(summary)).isEqualTo(120);
    assertThat(summary.get("steps").asLong()).isEqualTo(4);
    assertThat(summary.get("hot_loads").asLong()).isPositive();
    assertThat(summary.get("requests").asLong()).isPositive();
    assertThat(summary.get("requests_failed").asLong()).isZero();
    assertThat(summary.get("checkpoint_id").asText()).isEqualTo("demo-000000004");
    assertThat(summary.get("zero_shot_auc_by_finding").size()).isEqualTo(6);
    assertThat(summary.get("zero_shot_auc_mean").asDouble()).isBetween(0.0, 1.0);
    assertThat(directory.resolve("checkpoints/demo/000000004/model.safetensors")).exists();
    assertThat(summary.get("studies_listed").asLong())
        .isPositive()
        .isEqualTo(summary.get("tuples_validation").asLong());
    assertThat(summary.get("kills").asInt()).isEqualTo(2);
    assertThat(summary.get("ledger_steps").asLong()).isEqualTo(10);
    assertThat(summary.get("replay_identical").asBoolean()).isTrue();
    assertThat(summary.get("weights_sha256").asText()).matches("[0-9a-f]{64}");
  }

  @Test
  void shouldAccountForEveryRealStudy() throws IOException {
    Path studies = Path.of(System.getProperty("radstream.data", ""), "studies", "studies.jsonl");
    assumeTrue(Files.exists(studies), "no real studies at " + studies);

    JsonNode summary = demo("jsonl", "--path", studies.toString(), "--steps", "2", "--no-kill");

    assertThat(summary.get("studies_published").asLong()).isEqualTo(255);
    assertThat(accountedFor(summary)).isEqualTo(255);
    assertThat(summary.get("requests_failed").asLong()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "JSONL", "--source jsonl", "--source=jsonl"})
  void shouldSayWhichOptionASourceNeeds(String source) {
    Invocation invocation = Invocation.of(("demo --once " + source).split(" "));

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("jsonl needs --path FILE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "synthetic", "--source=synthetic"})
  void shouldNotLeaveAFileUnread(String source) {
    Invocation invocation = Invocation.of(("demo --path a.jsonl " + source).split(" "));

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("radstream demo jsonl --path FILE");
  }

  @Test
  void shouldNotPublishPatientsUnderAKeyThatCannotBeRead() throws IOException {
    Path studies = Files.createFile(directory.resolve("studies.jsonl"));

    Invocation invocation =
        Invocation.of(
            "demo",
            "jsonl",
            "--once",
            "--path=" + studies,
            "--data-dir=" + directory,
            "--pseudonym-key-file=" + directory.resolve("none"));

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("--pseudonym-key-file: cannot read");
  }

  @Test
  void shouldRefuseTwoSources() {
    Invocation invocation = Invocation.of("demo", "jsonl", "--path=a.jsonl", "--source=synthetic");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("the source is named twice");
  }

  @Test
  void shouldSayWhichSourcesThereAre() {
    Invocation invocation = Invocation.of("demo", "dicom");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).containsIgnoringCase("'dicom'").containsIgnoringCase("jsonl");
  }

  private static long accountedFor(JsonNode summary) {
    return summary.get("tuples_train").asLong()
        + summary.get("tuples_validation").asLong()
        + summary.get("rejected").asLong();
  }

  private JsonNode demo(String... options) throws IOException {
    Stream<String> common =
        Stream.of("demo", "--once", "--json", "--port", "0", "--data-dir", directory.toString());
    String[] arguments = Stream.concat(common, Stream.of(options)).toArray(String[]::new);
    Invocation invocation = Invocation.of(arguments);
    assertThat(invocation.exitCode()).as(invocation.err()).isEqualTo(Radstream.DONE);
    return new ObjectMapper().readTree(invocation.out().lines().reduce((a, b) -> b).orElseThrow());
  }
}
