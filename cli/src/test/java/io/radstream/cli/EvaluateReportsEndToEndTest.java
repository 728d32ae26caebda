package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint writes the reports of tuples, and is measured by their own. */
@ExtendWith(SharedCluster.class)
class EvaluateReportsEndToEndTest {

  @TempDir private static Path folder;
  private static int validation;

  @BeforeAll
  static void trainShortly(KafkaConnection connection) throws Exception {
    Invocation.on(connection, "publish", "synthetic", "--studies=80", "--view-size=64").json();
    JsonNode trained =
        Invocation.on(
                connection,
                "train",
                "--tokenizer=" + StagedStudies.in(folder, connection),
                "--store=" + folder.resolve("store"),
                "--line=short",
                "--steps=2",
                "--set=batch=8")
            .json();
    validation = trained.get("validation_studies").asInt();
  }

  private static Invocation evaluate(KafkaConnection connection, String... options) {
    String[] words = new String[options.length + 6];
    words[0] = "evaluate";
    words[1] = "reports";
    words[2] = "--checkpoint=" + folder.resolve("store/short/000000002");
    words[3] = "--beams=1";
    words[4] = "--max-tokens=12";
    words[5] = "--rounds=20";
    System.arraycopy(options, 0, words, 6, options.length);
    return Invocation.on(connection, words);
  }

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldMeasureWhatTheCheckpointWritesOfAllThatWasHeldOut(KafkaConnection connection)
      throws Exception {
    JsonNode summary = evaluate(connection).json();

    assertThat(validation).isPositive();
    assertThat(summary.get("studies").asInt()).isEqualTo(validation);
    assertThat(summary.get("only_references").asInt()).isZero();
    assertThat(summary.get("figures")).hasSize(7);
    // Phantoms' reports tell of findings.
    assertThat(summary.get("labels").findValues("known").stream().mapToInt(JsonNode::asInt).sum())
        .isPositive();
  }

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldMeasureARangeAndTheSameAgain(KafkaConnection connection) throws Exception {
    JsonNode first = evaluate(connection, "--topic=tuples.train", "--offsets=0:0-10").json();
    JsonNode second = evaluate(connection, "--topic=tuples.train", "--offsets=0:0-10").json();

    assertThat(first.get("studies").asInt()).isBetween(1, 10);
    assertThat(second).isEqualTo(first);
  }

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldLeaveOutWhatWasWithdrawn(KafkaConnection connection) throws Exception {
    JsonNode before = evaluate(connection, "--topic=tuples.train").json();
    Invocation.on(connection, "withdraw", "--study=" + learned(connection), "--settle=0s").json();

    JsonNode after = evaluate(connection, "--topic=tuples.train").json();

    assertThat(after.get("studies").asInt()).isEqualTo(before.get("studies").asInt() - 1);
  }

  private static String learned(KafkaConnection connection) {
    String topic = connection.topics().of(Topic.TUPLES_TRAIN);
    RecordReader<StudyTuple> reader = new RecordReader<>(StudyTuple.class, connection);
    List<String> studies = new ArrayList<>();
    try (TopicScan scan = new TopicScan(KafkaClients.of(connection).consumer(), topic)) {
      scan.toEnd(
          record -> {
            if (reader.read(topic, record.value()) instanceof Decoded.Valid<StudyTuple> valid) {
              studies.add(valid.value().getStudyId());
            }
          });
    }
    return studies.get(0);
  }

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldSayThatTheTopicDoesNotHoldTheRange(KafkaConnection connection) {
    Invocation invocation = evaluate(connection, "--offsets=0:0-100000");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("--offsets: ").contains("does not hold the offsets");
  }
}
