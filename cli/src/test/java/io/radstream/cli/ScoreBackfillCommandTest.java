package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StudyScore;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class ScoreBackfillCommandTest {

  /** Where the records end: 16 tuples, one that was aborted, and marks of five transactions. */
  private static final int END = 22;

  private static final int STUDIES = 16;

  @TempDir private static Path folder;

  @BeforeAll
  static void train(KafkaConnection connection) throws Exception {
    new TopicSetup(connection).create(1);
    Path tokenizer = TupleTopic.tokenizer(folder);
    TupleTopic.publish(connection, Topic.TUPLES_TRAIN, tokenizer, STUDIES);
    List<String> words = new ArrayList<>(TupleTopic.train(connection, tokenizer, folder));
    words.add("--steps=2");
    Invocation.of(words.toArray(String[]::new)).json();
  }

  @Test
  void shouldScoreEachRecordOnceThoughRangesOverlap(KafkaConnection connection) throws Exception {
    long late = scored(connection, "0:10-" + END);
    long again = scored(connection, "0:10-" + END);
    long all = scored(connection, "0:0-" + END);

    assertThat(late).isPositive();
    assertThat(again).isZero();
    assertThat(all).isEqualTo(STUDIES - late);
    List<StudyScore> scores = scores(connection);
    assertThat(scores)
        .hasSize(STUDIES)
        .doesNotHaveDuplicates()
        .allSatisfy(
            score -> {
              assertThat(score.getCheckpointId()).isEqualTo("tiny-000000002");
              assertThat(score.getRevision()).isOne();
              assertThat(score.getRefused()).isNull();
              assertThat(score.getProbabilities()).isNotEmpty();
            });
    assertThat(scores.stream().map(StudyScore::getStudyId).distinct()).hasSize(STUDIES);
    assertThat(scores.stream().map(score -> score.getSource().getOffset()).distinct())
        .hasSize(STUDIES);
  }

  @Test
  void shouldRefuseOffsetsThatTheTopicDoesNotHold(KafkaConnection connection) {
    Invocation invocation =
        Invocation.on(
            connection,
            "score",
            "backfill",
            "--checkpoint=" + folder.resolve("tiny/000000002"),
            "--topic=tuples.train",
            "--offsets=0:0-1000");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).startsWith("--offsets: ");
  }

  private long scored(KafkaConnection connection, String offsets) throws Exception {
    return Invocation.on(
            connection,
            "score",
            "backfill",
            "--checkpoint=" + folder.resolve("tiny/000000002"),
            "--topic=tuples.train",
            "--offsets=" + offsets)
        .json()
        .get("scored")
        .asLong();
  }

  private static List<StudyScore> scores(KafkaConnection connection) {
    String topic = connection.topics().of(Topic.SCORES);
    RecordReader<StudyScore> reader = new RecordReader<>(StudyScore.class, connection);
    List<StudyScore> scores = new ArrayList<>();
    try (TopicScan scan = new TopicScan(KafkaClients.of(connection).consumer(), topic)) {
      scan.toEnd(
          record -> {
            if (reader.read(topic, record.value()) instanceof Decoded.Valid<StudyScore> valid) {
              scores.add(valid.value());
            }
          });
    }
    return scores;
  }
}
