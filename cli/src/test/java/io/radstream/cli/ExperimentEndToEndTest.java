package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.Evaluation;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
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

  private Invocation run(KafkaConnection connection, String text, String... further)
      throws Exception {
    return runIn(folder.resolve("small"), connection, text, further);
  }

  private Invocation runIn(
      Path directory, KafkaConnection connection, String text, String... further) throws Exception {
    List<String> words = new ArrayList<>(List.of("experiment", "run", file(text).toString()));
    words.add("--dir=" + directory);
    words.addAll(List.of(further));
    return Invocation.on(connection, words.toArray(String[]::new));
  }

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldRunWhatIsNotDoneAndReportIt(KafkaConnection connection) throws Exception {
    assertThat(run(connection, FILE, "--parallel=1").json().toString())
        .isEqualTo("{\"cells\":4,\"before\":0,\"done\":4,\"failed\":0,\"stopped\":false}");
    assertThat(run(connection, FILE).json().toString())
        .isEqualTo("{\"cells\":4,\"before\":4,\"done\":0,\"failed\":0,\"stopped\":false}");

    JsonNode result = read("results/chest-refers-50-r1.json");
    assertThat(result.get("studies").size()).isBetween(1, 40);
    assertThat(result.get("network").get("runId").asText()).isNotBlank();
    assertThat(read("pretraining/refers.json").get("network").get("step").asInt()).isEqualTo(2);
    // The studies of the test, the same for each cell, are none that a run could read.
    assertThat(studies("chest-refers-50-r1")).isEqualTo(studies("chest-scratch-100-r1"));

    Invocation misspelt = run(connection, FILE.replace("cardiomegaly]", "cardiomegali]"));
    assertThat(misspelt.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(misspelt.err())
        .contains("small.yaml: targets.chest.findings: no label on ")
        .contains("small.phantoms.labels names cardiomegali; there are: cardiomegaly, effusion")
        .doesNotContain("Training line");

    readTheTestOnce(connection);

    refuseWhatIsNotItsOwn(connection);

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
    // A picture without a report waits for one, behind all others.
    Files.writeString(
        studies,
        Files.readString(studies)
            .replace("\"text\":\"FINDINGS: The lungs are clear.\",", "\"study\":\"1\","));
    String text =
        """
        name: lines
        vocabulary: 100
        sources:
          files:
            jsonl: {path: %s, withoutReports: true, viewSize: 64, validation: 0.3, test: 0.3}
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

    Invocation done = run(connection, text);

    assertThat(done.json().get("done").asInt()).isEqualTo(1);
    assertThat(done.err()).contains("Stage of files: 30 tuples");
    assertThat(studies("chest-scratch-100-r1").size()).isBetween(1, 20);
    setOutFromPublicWeights(connection, text);
    Files.writeString(studies, Files.readString(studies).replace("true", "false"));
    Invocation changed = run(connection, text.replace("steps: 1", "steps: 2"));
    assertThat(changed.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(changed.err())
        .contains("source files was published with other settings, or from another file, on");
  }

  private void setOutFromPublicWeights(KafkaConnection connection, String text) throws Exception {
    Path models = folder.resolve("models");
    String checkpoint = read("results/chest-scratch-100-r1.json").at("/network/directory").asText();
    assertThat(Invocation.of("export", "--checkpoint=" + checkpoint, "--out=" + models).exitCode())
        .isEqualTo(Radstream.DONE);
    String row =
        """
        initialisations:
          public:
            title: Public weights
            weights: {preset: tiny, radiograph: %s}
        """
            .formatted(models.resolve("vit"));

    Invocation done = run(connection, text.replace("initialisations:\n", row));

    assertThat(done.json().get("done").asInt()).describedAs(done.err()).isEqualTo(1);
    assertThat(studies("chest-public-100-r1")).isEqualTo(studies("chest-scratch-100-r1"));
  }

  /** The result of a cell is lost once while the test is as it was, and once when it is not. */
  private void readTheTestOnce(KafkaConnection connection) throws Exception {
    KafkaConnection phantoms = TupleTopic.prefixed(connection, "small.phantoms.");
    Path result = folder.resolve("small/results/chest-scratch-50-r1.json");
    String before = Files.readString(result);
    String checkpoint = new ObjectMapper().readTree(before).at("/network/directory").asText();
    Invocation elsewhere =
        Invocation.on(
            phantoms,
            "evaluate",
            "findings",
            "--checkpoint=" + checkpoint,
            "--split=test",
            "--rounds=5");
    Files.delete(result);
    // Killed behind the last tuple.
    Files.delete(folder.resolve("small/sources/phantoms.staged"));
    JsonNode taken = run(connection, FILE).json();
    String after = Files.readString(result);
    Files.delete(result);
    label(phantoms, "of-no-study");
    Invocation refused = run(connection, FILE);
    Files.delete(folder.resolve("small/results/chest-refers-50-r1.json"));
    Invocation sideBySide = run(connection, FILE);
    JsonNode again = run(connection, FILE, "--again").json();

    assertThat(elsewhere.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(elsewhere.err()).contains("has been judged on these tests before", "--again");
    assertThat(taken.get("done").asInt()).isEqualTo(1);
    assertThat(after).isEqualTo(before);
    assertThat(refused.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(refused.err()).contains("has been judged on these tests before", "1 failed");
    // Each by a process of its own, whose reason is told here.
    assertThat(sideBySide.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(sideBySide.err())
        .contains("2 failed", ": failed: its process ended with code 1: ")
        .contains("has been judged on these tests before");
    assertThat(again.get("done").asInt()).isEqualTo(2);
    assertThat(readings(phantoms)).containsExactlyInAnyOrder(1, 1, 1, 1, 2, 2);
  }

  /** Each would go on with the studies, shares or tokens of before. */
  private void refuseWhatIsNotItsOwn(KafkaConnection connection) throws Exception {
    Path other = folder.resolve("other");
    Path marks = Files.createDirectories(folder.resolve("gone/sources"));
    for (String mark : List.of("phantoms.published", "phantoms.staged")) {
      Files.writeString(
          marks.resolve(mark),
          Files.readString(folder.resolve("small/sources").resolve(mark))
              .replaceFirst("Phantoms", "gone.Phantoms"));
    }
    String vocabulary = FILE.replace("vocabulary: 300", "vocabulary: 299");

    Invocation words = run(connection, vocabulary);
    Invocation directory = runIn(other, connection, FILE);
    Invocation cluster = runIn(marks.getParent(), TupleTopic.prefixed(connection, "gone."), FILE);

    assertThat(words.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(words.err()).contains("tokenizer.json was made with vocabulary 300");
    assertThat(directory.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(directory.err())
        .contains("small.phantoms.* hold studies that " + other + " knows nothing of");
    assertThat(cluster.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(cluster.err()).contains("gone.small.phantoms.*, and they hold nothing now");
  }

  private static void label(KafkaConnection connection, String study) throws Exception {
    String topic = connection.topics().of(Topic.LABELS);
    try (RecordSerde<LabelledStudy> serde = RecordSerde.of(LabelledStudy.class, connection);
        Producer<String, byte[]> producer = KafkaClients.of(connection).producer()) {
      LabelledStudy label =
          LabelledStudy.newBuilder()
              .setId(study)
              .setSource("test")
              .setLabels(Map.of("effusion", 1.0))
              .build();
      byte[] value = serde.serializer().serialize(topic, label);
      producer.send(new ProducerRecord<>(topic, study, value)).get();
    }
  }

  /** Of each evaluation that there is. */
  private static List<Integer> readings(KafkaConnection connection) {
    String topic = connection.topics().of(Topic.EVALUATIONS);
    RecordReader<Evaluation> reader = new RecordReader<>(Evaluation.class, connection);
    List<Integer> readings = new ArrayList<>();
    try (TopicScan scan = new TopicScan(KafkaClients.of(connection).consumer(), topic)) {
      scan.toEnd(
          record ->
              readings.add(
                  ((Decoded.Valid<Evaluation>) reader.read(topic, record.value()))
                      .value()
                      .getReading()));
    }
    return readings;
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
    Invocation planned =
        Invocation.of("experiment", "plan", folder.resolve("small.yaml").toString());

    for (Invocation refused : List.of(wrong, planned)) {
      assertThat(refused.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
      assertThat(refused.err())
          .contains("small.yaml: targets.chest with initialisations.refers: ")
          .contains("bach");
    }
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
