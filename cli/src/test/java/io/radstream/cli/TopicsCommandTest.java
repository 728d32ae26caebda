package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.cli.topics.FoundRecord;
import io.radstream.cli.topics.RecordSearch;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.RejectedStudy;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.TopicSetup;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

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
  void shouldShowARecordDecodedWithItsPicture(KafkaConnection cluster, @TempDir Path folder)
      throws Exception {
    KafkaConnection connection = prefixed(cluster, "peek.");
    new TopicSetup(connection).create(2);
    run(connection, "publish", "synthetic", "--studies", "3");
    Path file = folder.resolve("view.png");

    Invocation invocation =
        run(connection, "topics", "peek", "studies", "--show", "--image", file.toString());

    assertThat(invocation.exitCode()).isEqualTo(Radstream.DONE);
    assertThat(invocation.out())
        .contains("\"source\" : \"synthetic\"")
        .containsPattern("\"pixels\" : \"\\(\\d+ bytes\\)\"")
        .contains("\u2580");
    assertThat(new ImageDecoder().decode(Files.readAllBytes(file)).width()).isGreaterThan(32);
  }

  @Test
  void shouldFindARecordByPlaceOrKey(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = prefixed(cluster, "find.");
    new TopicSetup(connection).create(1);
    write(connection, Topic.STUDIES, 3);

    Invocation place =
        run(connection, "topics", "peek", "studies", "--partition", "0", "--offset", "1");
    Invocation key = run(connection, "topics", "peek", "studies", "--key", "key");
    Invocation last = run(connection, "topics", "peek", "studies", "--last", "2", "--json");
    Invocation none = run(connection, "topics", "peek", "studies", "--key", "another");

    assertThat(place.out()).startsWith("partition 0, offset 1, key key").contains("NOT_AVRO");
    assertThat(key.out()).startsWith("partition 0, offset 2, ");
    assertThat(json(last).get("records")).hasSize(2);
    assertThat(none.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(none.out()).contains("no such record");
  }

  @Test
  void shouldSayThatATopicIsEmpty(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = prefixed(cluster, "empty.");
    new TopicSetup(connection).create(1);

    Invocation peeked = run(connection, "topics", "peek", "studies.rejected", "--last", "5");

    assertThat(peeked.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(peeked.out()).startsWith("empty.studies.rejected holds no record");
  }

  @Test
  void shouldSayWhichPartitionsAndOffsetsThereAre(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = prefixed(cluster, "places.");
    new TopicSetup(connection).create(2);

    Invocation partition = peek(connection, 77, 0);
    Invocation empty = peek(connection, 1, 0);
    write(connection, Topic.STUDIES, 3);
    int written = new RecordSearch(connection, Topic.STUDIES).newest(1).get(0).partition();
    Invocation offset = peek(connection, written, 999_999);

    assertThat(List.of(partition, empty, offset))
        .extracting(Invocation::exitCode)
        .containsOnly(Radstream.FAILED);
    assertThat(partition.err())
        .contains(
            "topic places.studies has 2 partitions, numbered from 0: there is no partition 77");
    assertThat(empty.err()).contains("holds no record: there is no offset 0");
    assertThat(offset.err()).contains("holds the offsets 0 to 2: there is no offset 999999");
  }

  @Test
  void shouldSayWhichTopicsThereAreToPeekInto() {
    Invocation invocation = Invocation.of("topics", "peek", "study");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("studies.rejected");
  }

  @Test
  void shouldDescribeTopicsAndSayWhatIsNotAsNeeded(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = prefixed(cluster, "describe.");
    new TopicSetup(connection).create(2);
    Invocation before = run(connection, "topics", "describe", "publish.positions");
    setCleanupPolicy(connection, Topic.PUBLISH_POSITIONS, "delete");

    Invocation after = run(connection, "topics", "describe", "publish.positions");

    assertThat(before.exitCode()).isEqualTo(Radstream.DONE);
    assertThat(before.out())
        .startsWith("describe.publish.positions  partitions 2, replicas 1, schema versions [1]");
    assertThat(after.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(after.out()).contains("FIX cleanup.policy is delete, not compact");
  }

  @Test
  void shouldTellTheLagOfConsumerGroups(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = prefixed(cluster, "lag.");
    new TopicSetup(connection).create(1);
    write(connection, Topic.STUDIES, 5);
    commit(connection, Topic.STUDIES, "lag.reader", 2);

    Invocation invocation = run(connection, "topics", "lag", "--json");

    assertThat(invocation.out())
        .containsPattern("lag\\.reader +Empty +0 +lag\\.studies +0 +2 +5 +3");
    assertThat(json(invocation).get("total").asLong()).isEqualTo(3);
  }

  @Test
  void shouldSendRejectedRecordsAgainOnce(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = prefixed(cluster, "redrive.");
    new TopicSetup(connection).create(1);
    rejected(connection, "first", RejectionReason.UNKNOWN_SCHEMA);
    rejected(connection, "first", RejectionReason.UNKNOWN_SCHEMA);
    rejected(connection, "second", RejectionReason.NO_REPORT);
    List<String> chosen = List.of("topics", "redrive", "--reason", "UNKNOWN_SCHEMA", "--json");

    Invocation counted = run(connection, chosen.toArray(String[]::new));
    Invocation sent =
        run(connection, Stream.concat(chosen.stream(), Stream.of("--yes")).toArray(String[]::new));

    assertThat(json(counted).get("sent").asLong()).isZero();
    assertThat(counted.out()).contains("1 records; --yes sends them again");
    assertThat(json(sent).get("sent").asLong()).isEqualTo(1);
    Invocation twice =
        run(connection, Stream.concat(chosen.stream(), Stream.of("--yes")).toArray(String[]::new));
    assertThat(json(twice).get("sent").asLong()).isZero();
    assertThat(json(twice).get("before").asLong()).isEqualTo(1);
    assertThat(twice.out()).contains("1 had been sent again before");
    FoundRecord again = new RecordSearch(connection, Topic.STUDIES).newest(2).get(0);
    assertThat(again.key()).contains("study");
    assertThat(again.bytes()).isEqualTo("first".length());
  }

  @Test
  void shouldSayThatTheBrokerDoesNotAnswer(@TempDir Path folder) throws Exception {
    Invocation invocation =
        Invocation.of(
            "topics",
            "list",
            "--bootstrap=127.0.0.1:1",
            "--registry=http://127.0.0.1:1",
            "--kafka-config=" + Impatience.in(folder));

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

  private static Invocation peek(KafkaConnection connection, int partition, long offset) {
    return run(
        connection, "topics", "peek", "studies", "--partition=" + partition, "--offset=" + offset);
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

  private static void rejected(KafkaConnection connection, String bytes, RejectionReason reason)
      throws Exception {
    RejectedStudy rejected =
        RejectedStudy.newBuilder()
            .setStudyId("study")
            .setReason(reason)
            .setMessage("for the test")
            .setOriginal(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.UTF_8)))
            .setTopic(connection.topics().of(Topic.STUDIES))
            .setPartition(0)
            .setOffset(0)
            .build();
    String topic = connection.topics().of(Topic.STUDIES_REJECTED);
    try (KafkaProducer<String, RejectedStudy> producer =
        new KafkaProducer<>(
            connection.producerConfig(),
            new StringSerializer(),
            RecordSerde.of(RejectedStudy.class, connection).serializer())) {
      producer.send(new ProducerRecord<>(topic, "study", rejected)).get();
    }
  }

  private static void setCleanupPolicy(KafkaConnection connection, Topic topic, String policy)
      throws Exception {
    ConfigResource resource =
        new ConfigResource(ConfigResource.Type.TOPIC, connection.topics().of(topic));
    AlterConfigOp change =
        new AlterConfigOp(new ConfigEntry("cleanup.policy", policy), AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(connection.clientConfig())) {
      admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get();
    }
  }

  private static void commit(KafkaConnection connection, Topic topic, String group, long offset)
      throws Exception {
    try (Admin admin = Admin.create(connection.clientConfig())) {
      TopicPartition partition = new TopicPartition(connection.topics().of(topic), 0);
      admin
          .alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(offset)))
          .all()
          .get();
    }
  }
}
