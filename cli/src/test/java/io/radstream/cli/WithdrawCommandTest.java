package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A study is withdrawn from a line that learned from it, over a real broker. */
@ExtendWith(SharedCluster.class)
class WithdrawCommandTest {

  @TempDir private Path directory;

  @Test
  void shouldKeepTheStudyFromFurtherRunsAndTellWhatSawIt(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = TupleTopic.prefixed(cluster, "withdraw.");
    new TopicSetup(connection).create(2);
    Path tokenizer = TupleTopic.tokenizer(directory);
    TupleTopic.publish(connection, Topic.TUPLES_TRAIN, tokenizer, 16);
    train(connection, tokenizer, "2");

    Invocation withdrawn = Invocation.on(connection, "withdraw", "--study=study-3", "--settle=0s");
    train(connection, tokenizer, "6");
    JsonNode lineage = Invocation.on(connection, "lineage", "--study=study-3").json();
    JsonNode other = Invocation.on(connection, "lineage", "--study=study-4").json();

    assertThat(withdrawn.json().at("/checkpoints/0/checkpoint_id").asText())
        .isEqualTo("tiny-000000002");
    assertThat(lineage.at("/withdrawn").asBoolean()).isTrue();
    assertThat(lineage.at("/runs")).hasSize(1);
    assertThat(lineage.at("/runs/0/steps")).hasSize(1);
    assertThat(lineage.at("/checkpoints")).hasSize(2);
    assertThat(lineage.at("/checkpoints/1/checkpoint_id").asText()).isEqualTo("tiny-000000006");
    assertThat(lineage.at("/checkpoints/1/through")).isEqualTo(lineage.at("/runs/0/run_id"));
    assertThat(other.at("/withdrawn").asBoolean()).isFalse();
    assertThat(other.at("/runs")).hasSize(2);
  }

  @Test
  void shouldKnowAStudyByTheIdentifierOfItsSite(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = TupleTopic.prefixed(cluster, "unknown.");
    new TopicSetup(connection).create(1);
    Path key = Files.writeString(directory.resolve("site.key"), "a secret of the site");

    Invocation withdrawn =
        Invocation.on(
            connection,
            "withdraw",
            "--study=ACC-0042",
            "--settle=0s",
            "--even-if-unknown",
            "--pseudonym-key-file=" + key);

    assertThat(withdrawn.json().at("/study_id").asText())
        .isEqualTo(Pseudonymizer.withKeyFile(key).study("ACC-0042"));
    assertThat(withdrawn.err()).contains("no topic has such a study");
    assertThat(withdrawn.out() + withdrawn.err()).doesNotContain("ACC-0042");
  }

  @Test
  void shouldFailForAStudyThatNobodyKnowsAndWithdrawItAllTheSame(KafkaConnection cluster)
      throws Exception {
    KafkaConnection connection = TupleTopic.prefixed(cluster, "mistyped.");
    new TopicSetup(connection).create(1);

    Invocation withdrawn = Invocation.on(connection, "withdraw", "--study=study-x", "--settle=0s");

    assertThat(withdrawn.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(withdrawn.err()).contains("no topic has such a study");
    JsonNode lineage = Invocation.on(connection, "lineage", "--study=study-x").json();
    assertThat(lineage.at("/withdrawn").asBoolean()).isTrue();
  }

  @Test
  void shouldSayThatTheTopicIsMissing(KafkaConnection cluster) {
    Invocation withdrawn =
        Invocation.on(TupleTopic.prefixed(cluster, "nowhere."), "withdraw", "--study=study-3");

    assertThat(withdrawn.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(withdrawn.err()).contains("nowhere.studies.withdrawn does not exist");
  }

  private void train(KafkaConnection connection, Path tokenizer, String steps) throws IOException {
    List<String> arguments =
        new ArrayList<>(TupleTopic.train(connection, tokenizer, directory.resolve("store")));
    arguments.addAll(List.of("--steps", steps));
    Invocation.of(arguments.toArray(String[]::new)).json();
  }
}
