package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.evaluation.Auc;
import io.radstream.evaluation.Scored;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import io.radstream.streams.StageConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two checkpoints that learned a little, judged on studies that were held out. */
@ExtendWith(SharedCluster.class)
class EvaluateFindingsEndToEndTest {

  private static final int STUDIES = 120;

  private static final List<String> LABELS =
      List.of(
          "--set=model.objectives.contrastive=0",
          "--set=model.objectives.language=0",
          "--set=model.objectives.labels=1",
          "--set=model.findings=[opacity]");

  private static final String PROMPTS =
      """
      findings:
        - finding: opacity
          positive: [There is an opacity.]
          negative: [The lungs are clear.]
      """;

  private static final String OTHERS =
      """
      findings:
        - finding: never labelled
          positive: [There is one.]
          negative: [There is none.]
      """;

  @TempDir private static Path folder;

  @BeforeAll
  static void trainShortly(KafkaConnection connection) throws Exception {
    Path studies = OpacityStudies.write(folder, STUDIES);
    Invocation.on(connection, "publish", "jsonl", "--path=" + studies, "--view-size=64").json();
    Path tokenizer = StagedStudies.tokenizer(folder, connection, 100);
    try (ReportTokenizers tokenizers = ReportTokenizers.load(tokenizer, Optional.empty())) {
      StagedStudies.stage(
          folder,
          connection,
          StageConfig.of(tokenizers).withValidationShare(0.3).withTestShare(0.3));
    }
    train(connection, tokenizer, "first", LABELS);
    train(connection, tokenizer, "second", LABELS);
    train(connection, tokenizer, "reports", List.of());
  }

  private static void train(
      KafkaConnection connection, Path tokenizer, String line, List<String> settings) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "train",
                "--tokenizer=" + tokenizer,
                "--store=" + folder.resolve("store"),
                "--line=" + line,
                "--steps=2",
                "--set=batch=8",
                "--set=seed=" + line.length()));
    words.addAll(settings);
    Invocation trained = Invocation.on(connection, words.toArray(String[]::new));
    assertThat(trained.exitCode()).describedAs(trained.err()).isEqualTo(Radstream.DONE);
  }

  private static Invocation evaluate(KafkaConnection connection, String line, String... options) {
    String[] words = new String[options.length + 4];
    words[0] = "evaluate";
    words[1] = "findings";
    words[2] = "--checkpoint=" + checkpoint(line);
    words[3] = "--rounds=50";
    System.arraycopy(options, 0, words, 4, options.length);
    return Invocation.on(connection, words);
  }

  private static Path checkpoint(String line) {
    return folder.resolve("store").resolve(line).resolve("000000002");
  }

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldTellTheSameInTableJsonAndFile(KafkaConnection connection) throws Exception {
    Path csv = folder.resolve("predictions.csv");

    Invocation invocation = evaluate(connection, "first", "--csv=" + csv);

    assertThat(invocation.exitCode()).describedAs(invocation.err()).isEqualTo(Radstream.DONE);
    JsonNode report = invocation.json();
    List<String> lines = Files.readAllLines(csv);
    List<Scored> scores =
        lines.stream()
            .skip(1)
            .map(line -> line.split(","))
            .map(row -> new Scored(Double.parseDouble(row[4]), Double.parseDouble(row[3]) >= 0.5))
            .toList();
    assertThat(lines.get(0)).isEqualTo("study,patient,finding,label,probability");
    assertThat(report.get("studies").asInt()).isEqualTo(scores.size()).isGreaterThan(10);
    assertThat(report.at("/findings/0/auc/value").asDouble())
        .isCloseTo(Auc.of(scores).orElseThrow(), within(1e-12));
    assertThat(report.at("/mean_auc/low").asDouble())
        .isLessThanOrEqualTo(report.at("/mean_auc/value").asDouble());
    assertThat(report.get("split").asText()).isEqualTo("tuples.validation");
    assertThat(invocation.out())
        .contains("checkpoint first-000000002 on tuples.validation, reading: ")
        .containsPattern("(?m)^opacity +\\d+ +\\d+ +[01]\\.\\d{3} \\[");
  }

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldReadTheTestOnceAndCompareByTheRecord(KafkaConnection connection) throws Exception {
    JsonNode first = evaluate(connection, "first", "--split=test").json();
    Invocation again = evaluate(connection, "first", "--split=test");
    JsonNode against =
        evaluate(
                connection,
                "second",
                "--split=test",
                "--operating-point=sensitivity=0.9",
                "--against=" + checkpoint("first"))
            .json();
    JsonNode forced = evaluate(connection, "second", "--split=test", "--again").json();

    assertThat(first.get("reading").asInt()).isEqualTo(1);
    assertThat(first.get("operating_split").asText()).isEqualTo("tuples.validation");
    assertThat(again.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(again.err())
        .contains("line first has been judged", first.get("evaluation_id").asText(), "--again");
    assertThat(against.get("operating_rule").asText()).isEqualTo("sensitivity=0.9");
    assertThat(against.at("/against/checkpoint_id").asText()).isEqualTo("first-000000002");
    assertThat(against.at("/against/findings/0/other_auc").asDouble())
        .isCloseTo(first.at("/findings/0/auc/value").asDouble(), within(1e-12));
    assertThat(against.at("/against/findings/0/p_value").asDouble()).isBetween(0.0, 1.0);
    assertThat(forced.get("reading").asInt()).isEqualTo(2);
  }

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldTellFindingsBySentencesAsAServiceDoes(KafkaConnection connection) throws Exception {
    Path prompts =
        Files.writeString(
            folder.resolve("prompts.yaml"), PROMPTS + OTHERS.replace("findings:\n", ""));

    Invocation told = evaluate(connection, "reports", "--split=test", "--prompts=" + prompts);
    Invocation again = evaluate(connection, "reports", "--split=test", "--prompts=" + prompts);
    Invocation head = evaluate(connection, "first", "--prompts=" + prompts);
    Path others = Files.writeString(folder.resolve("others.yaml"), OTHERS);
    Invocation unlabelled = evaluate(connection, "reports", "--prompts=" + others);

    JsonNode report = told.json();
    assertThat(told.out()).contains("zero-shot, by sentences: all");
    assertThat(report.at("/findings/0/finding").asText()).isEqualTo("opacity");
    assertThat(report.at("/findings/0/prompts").asText()).hasSize(64);
    assertThat(report.at("/findings/0/threshold").asDouble()).isBetween(0.0, 1.0);
    assertThat(report.at("/findings/1/auc").isNull()).isTrue();
    assertThat(again.err()).contains("line reports has been judged");
    assertThat(head.json().at("/findings/0/prompts").isNull()).isTrue();
    assertThat(unlabelled.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(unlabelled.err()).contains("has a label for any of [never labelled]");
  }

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldTellWhatIsToBeKnownOfACheckpoint(KafkaConnection connection) throws Exception {
    String told =
        evaluate(connection, "second", "--split=validation").json().get("evaluation_id").asText();
    String study = learnedFrom(connection);
    Path page = folder.resolve("model-card.md");
    Invocation.on(connection, "withdraw", "--study=" + study, "--settle=0s");

    JsonNode card =
        Invocation.on(
                connection,
                "describe",
                "--checkpoint=" + checkpoint("second"),
                "--min-cell=1",
                "--out=" + page)
            .json();

    assertThat(card.get("checkpoint_id").asText()).isEqualTo("second-000000002");
    JsonNode studies = card.at("/data/0/studies");
    assertThat(studies.at("/totals/withdrawn").asInt()).isEqualTo(1);
    assertThat(studies.at("/totals/studies").asInt()).isPositive();
    assertThat(studies.at("/parts/sources/jsonl")).isEqualTo(studies.at("/totals/studies"));
    assertThat(studies.at("/terms").has("jsonl")).isTrue();
    assertThat(studies.at("/terms/jsonl").isNull()).isTrue();
    assertThat(card.get("evaluations").findValuesAsText("evaluation_id")).contains(told);
    assertThat(card.at("/evaluations/0/findings/0/auc/low").isNumber()).isTrue();
    assertThat(card.get("limits").toString())
        .contains("not a medical device", "No evaluation on a test", "not known here", "withdrawn");
    assertThat(Files.readString(page))
        .contains(
            "# Model card: second-000000002",
            "| its run set out from | weights of its own |",
            "| labels learned from | those of all patients |",
            "| jsonl | not known |",
            "### tuples.validation")
        .containsPattern("\\| opacity \\| label head \\| \\d+ \\| \\d+ \\| [01]\\.\\d{3} \\[")
        .doesNotContain(study);
  }

  /** A study that the runs may read. */
  private static String learnedFrom(KafkaConnection connection) {
    String topic = connection.topics().of(Topic.TUPLES_TRAIN);
    RecordReader<StudyTuple> reader = new RecordReader<>(StudyTuple.class, connection);
    List<String> studies = new ArrayList<>();
    try (TopicScan scan = new TopicScan(KafkaClients.of(connection).consumer(), topic)) {
      scan.toEnd(
          record ->
              studies.add(
                  ((Decoded.Valid<StudyTuple>) reader.read(topic, record.value()))
                      .value()
                      .getStudyId()));
    }
    return studies.get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "--operating-point=best, 'youden, sensitivity=X or specificity=X'",
    "--rounds=0, --rounds is at least 1",
    "--split=train, validation"
  })
  void shouldSayWhatIsWrongWithTheOptions(String option, String message) {
    Invocation invocation = Invocation.of("evaluate", "findings", "--checkpoint=d", option);

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains(message);
  }
}
