package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.cli.embedded.SharedCluster;
import io.radstream.radiology.report.WordPieceTrainer;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Topics that somebody has had a real broker compact. */
@ExtendWith(SharedCluster.class)
class CompactedTopicsTest {

  @TempDir private Path folder;

  @Test
  void shouldRefuseWhatCannotBeGoneBackInto(KafkaConnection connection) throws Exception {
    new TopicSetup(connection).create(1);
    String tokenizer = tokenizer();

    Invocation before = run(connection, "topics", "describe");
    compact(connection, Topic.STUDIES);
    Invocation stage =
        run(connection, "streams", "--tokenizer", tokenizer, "--state-dir", folder + "/stage");
    compact(connection, Topic.TRAINING_LEDGER);
    Invocation replay = run(connection, "replay", "--run", "any", "--store", folder + "/store");
    Invocation train =
        run(connection, "train", "--tokenizer", tokenizer, "--store", folder + "/store");
    Invocation after = run(connection, "topics", "describe");

    assertThat(before.exitCode()).isEqualTo(Radstream.DONE);
    assertThat(before.out()).contains("cleanup.policy=delete");
    assertRefused(stage, connection.topics().of(Topic.STUDIES));
    assertRefused(replay, connection.topics().of(Topic.TRAINING_LEDGER));
    assertRefused(train, connection.topics().of(Topic.TRAINING_LEDGER));
    assertThat(after.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(after.out().lines().filter(line -> line.contains("FIX")))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("cleanup.policy is compact, not delete"));
  }

  private static void assertRefused(Invocation refused, String topic) {
    assertThat(refused.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(refused.err()).contains("topic " + topic + " has cleanup.policy=compact:");
  }

  private String tokenizer() throws Exception {
    return Files.write(
            folder.resolve("tokenizer.json"),
            WordPieceTrainer.train(
                List.of("small left effusion", "small left effusion of ml").iterator(),
                WordPieceTrainer.Options.DEFAULT))
        .toString();
  }

  private static Invocation run(KafkaConnection connection, String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--bootstrap", connection.bootstrap()));
    arguments.addAll(List.of("--registry", connection.registry()));
    arguments.addAll(List.of("--topic-prefix", connection.topics().prefix()));
    return Invocation.of(arguments.toArray(String[]::new));
  }

  private static void compact(KafkaConnection connection, Topic topic) throws Exception {
    ConfigResource resource =
        new ConfigResource(ConfigResource.Type.TOPIC, connection.topics().of(topic));
    AlterConfigOp change =
        new AlterConfigOp(new ConfigEntry("cleanup.policy", "compact"), AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(connection.clientConfig())) {
      admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get();
    }
  }
}
