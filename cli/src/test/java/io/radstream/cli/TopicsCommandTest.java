package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.TopicSetup;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCluster.class)
class TopicsCommandTest {

  @Test
  void shouldCreateTheTopicsThatAreMissing(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = prefixed(cluster, "create.");

    Invocation invocation = run(connection, "topics", "create", "--partitions", "3", "--json");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.DONE);
    assertThat(json(invocation).get("created")).hasSize(Topic.values().length);
    assertThat(new TopicSetup(connection).create(3)).isEmpty();
  }

  @Test
  void shouldShowWhatEachTopicHolds(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = prefixed(cluster, "list.");
    new TopicSetup(connection).create(1);
    write(connection, Topic.STUDIES, 3);

    Invocation invocation = run(connection, "topics", "list", "--json");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.DONE);
    assertThat(invocation.out().lines().toList().get(1))
        .matches("list\\.studies +1 +3 +for ever +0-3");
    JsonNode studies = json(invocation).get("topics").get(0);
    assertThat(studies.get("topic").asText()).isEqualTo("list.studies");
    assertThat(studies.get("retention_ms").asLong()).isEqualTo(-1);
    assertThat(studies.get("offsets").get(0).get("end").asLong()).isEqualTo(3);
  }

  @Test
  void shouldSayWhichTopicsAreMissing(KafkaConnection cluster) {
    KafkaConnection connection = prefixed(cluster, "nothing.");

    Invocation invocation = run(connection, "topics", "list");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.DONE);
    assertThat(invocation.out())
        .contains("nothing.checkpoints")
        .contains("radstream topics create");
  }

  @Test
  void shouldSayThatTheBrokerDoesNotAnswer() {
    Invocation invocation =
        Invocation.of(
            "topics", "list", "--bootstrap", "127.0.0.1:1", "--registry", "http://127.0.0.1:1");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(invocation.err())
        .isEqualToIgnoringNewLines(
            "radstream: broker 127.0.0.1:1 does not answer; does it run, and can it be reached?");
  }

  @Test
  void shouldRefuseATopicWithoutPartitions() {
    Invocation invocation = Invocation.of("topics", "create", "--partitions", "0");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("--partitions");
  }

  private static Invocation run(KafkaConnection connection, String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(List.of("--bootstrap", connection.bootstrap()));
    args.addAll(List.of("--registry", connection.registry()));
    args.addAll(List.of("--topic-prefix", connection.topics().prefix()));
    return Invocation.of(args.toArray(String[]::new));
  }

  private static JsonNode json(Invocation invocation) throws Exception {
    List<String> lines = invocation.out().lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }

  private static KafkaConnection prefixed(KafkaConnection cluster, String prefix) {
    return new KafkaConnection(cluster.bootstrap(), cluster.registry(), new TopicNames(prefix));
  }

  private static void write(KafkaConnection connection, Topic topic, int records) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            connection.producerConfig(), new StringSerializer(), new StringSerializer())) {
      for (int i = 0; i < records; i++) {
        producer.send(new ProducerRecord<>(connection.topics().of(topic), "key", "value")).get();
      }
    }
  }
}
