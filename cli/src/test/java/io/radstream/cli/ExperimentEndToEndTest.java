package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.KafkaConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A small experiment on phantoms, from its file to its report. */
@ExtendWith(SharedCluster.class)
class ExperimentEndToEndTest {

  private static final String FILE =
      """
      name: small
      vocabulary: 300
      sources:
        phantoms:
          phantoms: {studies: 60, viewSize: 64, validation: 0.2, test: 0.3}
      initialisations:
        refers:
          title: Our REFERS
          pretraining: {source: phantoms, preset: tiny, steps: 2, set: [batch=8]}
        scratch:
          title: From scratch
          scratch: {preset: tiny}
      targets:
        chest:
          title: Phantoms
          source: phantoms
          findings: [effusion, cardiomegaly]
          steps: 2
          set: [batch=8, schedule.warmup=1]
      labelRatios: [0.5, 1]
      compare: {reference: refers}
      """;

  @TempDir private Path folder;

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("small.yaml"), text);
  }

  private Invocation run(KafkaConnection connection, String text) throws Exception {
    return Invocation.on(
        connection, "experiment", "run", file(text).toString(), "--dir=" + folder.resolve("small"));
  }

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldRunWhatIsNotDoneAndReportIt(KafkaConnection connection) throws Exception {
    assertThat(run(connection, FILE).json().toString())
        .isEqualTo("{\"cells\":4,\"before\":0,\"done\":4,\"failed\":0,\"stopped\":false}");
    assertThat(run(connection, FILE).json().toString())
        .isEqualTo("{\"cells\":4,\"before\":4,\"done\":0,\"failed\":0,\"stopped\":false}");

    JsonNode result = read("results/chest-refers-50-r1.json");
    assertThat(result.get("studies").size()).isBetween(1, 40);
    assertThat(result.get("network").get("runId").asText()).isNotBlank();
    assertThat(read("pretraining/refers.json").get("network").get("step").asInt()).isEqualTo(2);
    // The studies of the test, the same for each cell, are none that a run could read.
    assertThat(studies("chest-refers-50-r1")).isEqualTo(studies("chest-scratch-100-r1"));

    JsonNode reported =
        Invocation.of(
                "experiment",
                "report",
                file(FILE).toString(),
                "--dir=" + folder.resolve("small"),
                "--rounds=20",
                "--json")
            .json();
    assertThat(reported.get("missing").asInt()).isZero();
    assertThat(Files.readString(folder.resolve("small/report/report.md")))
        .contains("| Method | Phantoms (50 %) | Phantoms (100 %) |")
        .contains("| Our REFERS | ");
    assertThat(folder.resolve("small/report/label-ratios-chest.png")).isNotEmptyFile();
  }

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldBringStudiesOfAFile(KafkaConnection connection) throws Exception {
    Path studies = OpacityStudies.write(folder, 30);
    String text =
        """
        name: lines
        vocabulary: 100
        sources:
          files:
            jsonl: {path: %s, viewSize: 64, validation: 0.3, test: 0.3}
        initialisations:
          scratch:
            title: From scratch
            scratch: {preset: tiny}
        targets:
          chest:
            title: Chest
            source: files
            findings: [opacity]
            steps: 1
            set: [batch=8, schedule.warmup=1]
        """
            .formatted(studies);

    assertThat(run(connection, text).json().get("done").asInt()).isEqualTo(1);

    assertThat(studies("chest-scratch-100-r1").size()).isBetween(1, 20);
    Files.writeString(studies, Files.readString(studies).replace("true", "false"));
    Invocation changed = run(connection, text.replace("steps: 1", "steps: 2"));
    assertThat(changed.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(changed.err())
        .contains("source files was published with other settings, or from another file, on");
  }

  private List<String> studies(String cell) throws Exception {
    return read("results/" + cell + ".json").get("studies").findValuesAsText("study");
  }

  private JsonNode read(String name) throws Exception {
    return new ObjectMapper().readTree(folder.resolve("small").resolve(name).toFile());
  }

  @Test
  void shouldRefuseSettingsThatDoNotExistBeforeAnythingRuns(KafkaConnection connection)
      throws Exception {
    Invocation wrong =
        run(connection, FILE.replace("set: [batch=8, schedule", "set: [bach=8, schedule"));

    assertThat(wrong.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(wrong.err())
        .contains("small.yaml: targets.chest with initialisations.refers: ")
        .contains("bach");
    assertThat(folder.resolve("small")).doesNotExist();
  }

  @Test
  void shouldNameACellThatIsNotThere(KafkaConnection connection) throws Exception {
    Invocation wrong =
        Invocation.on(
            connection, "experiment", "run", file(FILE).toString(), "--only=chest-refers");

    assertThat(wrong.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(wrong.err()).contains("--only: there is no cell chest-refers");
  }
}
