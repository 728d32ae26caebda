package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.KafkaConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedCluster.class)
class PublishCommandTest {

  @Test
  void shouldPublishPhantoms(KafkaConnection cluster) throws Exception {
    Invocation invocation =
        run(cluster, "synthetic", "--studies", "5", "--view-size", "64", "--json");

    assertThat(invocation.exitCode()).as(invocation.err()).isEqualTo(Radstream.DONE);
    assertThat(json(invocation).get("sent").asLong()).isEqualTo(5);
    assertThat(json(invocation).get("labelled").asLong()).isEqualTo(5);
    assertThat(invocation.err()).contains("Sent 5 studies").contains("refused 0");
  }

  @Test
  void shouldLeaveOutLabelsOnDemand(KafkaConnection cluster) throws Exception {
    Invocation invocation = run(cluster, "synthetic", "--studies=2", "--no-labels", "--json");

    assertThat(json(invocation).get("sent").asLong()).isEqualTo(2);
    assertThat(json(invocation).get("labelled").asLong()).isZero();
  }

  @Test
  void shouldFailAndSayWhyWhereNothingCouldBeSent(KafkaConnection cluster, @TempDir Path directory)
      throws Exception {
    Path file = Files.writeString(directory.resolve("studies.jsonl"), "\nnot JSON\n");

    Invocation invocation = run(cluster, "jsonl", "--path", file.toString(), "--json");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(invocation.err())
        .contains("public demo key")
        .contains("item 2: the line is not valid JSON");
    assertThat(json(invocation).get("refused").get("INVALID_RECORD").asLong()).isEqualTo(1);
  }

  @Test
  void shouldListInWhichFileAndLineARefusedStudyIs(KafkaConnection cluster, @TempDir Path directory)
      throws Exception {
    Path file = Files.writeString(directory.resolve("studies.jsonl"), "\n{\"patient\": \"MUE");
    Path list = directory.resolve("refused.jsonl");

    run(cluster, "jsonl", "--path=" + file, "--refused-list=" + list, "--json");

    String line = Files.readString(list);
    JsonNode refused = new ObjectMapper().readTree(line);
    assertThat(line).doesNotContain("MUE");
    assertThat(refused.get("item").asText()).isEqualTo(file.toRealPath() + " line 2");
    assertThat(refused.get("number").asLong()).isEqualTo(2);
    assertThat(refused.get("reason").asText()).isEqualTo("INVALID_RECORD");
    assertThat(refused.get("explanation").asText()).isEqualTo("the line is not valid JSON");
  }

  @Test
  void shouldSayWhichRegistryIsAwayAtTheStart(KafkaConnection cluster) {
    Invocation invocation =
        Invocation.of(
            "publish",
            "synthetic",
            "--studies=1",
            "--bootstrap=" + cluster.bootstrap(),
            "--topic-prefix=" + cluster.topics().prefix(),
            "--registry=http://127.0.0.1:1");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(invocation.err())
        .contains("radstream: the schema registry http://127.0.0.1:1 cannot be reached");
  }

  @Test
  void shouldScrubAFilesReportsOnDemandAndNameABadLineOfTheListOnly(
      KafkaConnection cluster, @TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("studies.jsonl"), "{}\n");
    Path list = Files.writeString(directory.resolve("list"), "Nowhere\n/canary(/\n");
    String path = file.toString();

    Invocation invocation =
        run(cluster, "jsonl", "--path", path, "--deidentify", "--scrub-list", list.toString());

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err())
        .contains("--scrub-list: line 2 is no expression of RE2")
        .doesNotContain("canary");
    assertThat(run(cluster, "jsonl", "--path", path, "--dates", "REMOVE").err())
        .contains("nothing is taken out without --deidentify");
  }

  @Test
  void shouldAskForThePathOfAFile(KafkaConnection cluster) {
    Invocation invocation = run(cluster, "jsonl");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("Missing required option: '--path=FILE'");
  }

  @Test
  void shouldRefuseAShortPseudonymKey(KafkaConnection cluster, @TempDir Path directory)
      throws Exception {
    Path key = Files.writeString(directory.resolve("key"), "short");

    Invocation invocation = run(cluster, "synthetic", "--pseudonym-key-file", key.toString());

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("at least 16 are needed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--source=synthetic", "--source=SYNTHETIC", "--source synthetic"})
  void shouldUnderstandTheSourceAsAnOption(String source, KafkaConnection cluster)
      throws Exception {
    List<String> options = new ArrayList<>(List.of("--studies=2", "--view-size=64"));
    options.addAll(List.of(source.split(" ")));
    options.add("--json");

    Invocation invocation = run(cluster, "", options.toArray(String[]::new));

    assertThat(invocation.exitCode()).as(invocation.err()).isEqualTo(Radstream.DONE);
    assertThat(json(invocation).get("sent").asLong()).isEqualTo(2);
  }

  @Test
  void shouldSayWhichSourcesThereAre() {
    Invocation invocation = Invocation.of("publish");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("Missing source: one of synthetic, jsonl");
  }

  private static Invocation run(KafkaConnection cluster, String source, String... options) {
    List<String> arguments = new ArrayList<>(List.of("publish"));
    if (!source.isEmpty()) {
      arguments.add(source);
    }
    arguments.addAll(
        List.of(
            "--bootstrap",
            cluster.bootstrap(),
            "--registry",
            cluster.registry(),
            "--topic-prefix",
            cluster.topics().prefix()));
    arguments.addAll(List.of(options));
    return Invocation.of(arguments.toArray(String[]::new));
  }

  private static JsonNode json(Invocation invocation) throws Exception {
    List<String> lines = invocation.out().lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }
}
