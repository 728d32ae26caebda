package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.cli.embedded.SharedCluster;
import io.radstream.radiology.report.WordPieceTrainer;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.TopicScan;
import io.radstream.schemas.log.UnreadableTopicException;
import io.radstream.trainer.tuples.TupleReader;
import io.radstream.trainer.tuples.TupleRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Topics that a real broker compacts, or has taken records from. */
@ExtendWith(SharedCluster.class)
class CutTopicsTest {

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

  @Test
  void shouldSayWhatIsGoneFromTheFront(KafkaConnection cluster) throws Exception {
    KafkaConnection connection =
        new KafkaConnection(cluster.bootstrap(), cluster.registry(), new TopicNames("front."));
    new TopicSetup(connection).create(1);
    String topic = connection.topics().of(Topic.TUPLES_TRAIN);
    KafkaClients clients = KafkaClients.of(connection);
    send(clients, topic, 3);
    cut(connection, topic, 2);

    try (TopicScan scan = new TopicScan(clients.consumer(), topic);
        TupleReader reader = TupleReader.open(clients, connection, Topic.TUPLES_TRAIN)) {
      assertThatThrownBy(() -> scan.requireHeld(List.of(new OffsetRange(0, 0, 3))))
          .isInstanceOf(UnreadableTopicException.class)
          .hasMessageContaining("%s-0 does not hold the offsets 0 to 3", topic)
          .hasMessageContaining("it holds 2 to 3");
      assertThatThrownBy(() -> reader.read(List.of(new TupleRef(0, 1)), (ref, t, at, from) -> {}))
          .isInstanceOf(UnreadableTopicException.class)
          .hasMessageContaining("topic %s cannot be read: %s-0 offset 1 is gone", topic, topic);
    }
  }

  private static void send(KafkaClients clients, String topic, int records) throws Exception {
    try (Producer<String, byte[]> producer = clients.producer()) {
      for (int i = 0; i < records; i++) {
        producer.send(new ProducerRecord<>(topic, "study", new byte[1])).get();
      }
    }
  }

  /** As retention does. */
  private static void cut(KafkaConnection connection, String topic, long before) throws Exception {
    try (Admin admin = Admin.create(connection.clientConfig())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(before))).all().get();
    }
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
