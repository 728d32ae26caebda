package io.radstream.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.TrainingMetric;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedClusterTest {

  private static final Distribution DISTRIBUTION = Distribution.ofThisProcess();

  @TempDir private static Path shared;

  private static EmbeddedCluster cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = EmbeddedCluster.start(ClusterSettings.in(shared.resolve(oddName())), DISTRIBUTION);
  }

  /** What means something to a URL, a shell or a settings file. */
  private static String oddName() {
    // Java 17 hands a letter beyond ASCII to a child process only where both charsets have it.
    boolean letters =
        Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder().canEncode('\u00e4')
            && Charset.defaultCharset().newEncoder().canEncode('\u00e4');
    return "k;%41 $HOME ${x} #" + (letters ? "\u00e4" : "");
  }

  @AfterAll
  static void stopCluster() throws Exception {
    cluster.close();
  }

  @Test
  void shouldSayThatKafkaTakesNoComma(@TempDir Path directory) {
    assertThatThrownBy(
            () ->
                EmbeddedCluster.start(
                    ClusterSettings.in(directory.resolve("one,two")), DISTRIBUTION))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("comma")
        .hasMessageContaining("name a data directory without one");
  }

  @Test
  void shouldCarryRecordsUnderTheirSchemas() throws Exception {
    write(cluster.connection(), metric("carry"));

    List<TrainingMetric> read = readAll(cluster.connection());

    assertThat(read).contains(metric("carry"));
  }

  @Test
  void shouldRegisterASubjectForEachTopic() throws Exception {
    SchemaRegistryClient registry = registry(cluster.connection());

    assertThat(registry.getAllSubjects())
        .containsAll(
            Arrays.stream(Topic.values()).map(topic -> topic.suffix() + "-value").toList());
  }

  @Test
  void shouldRefuseASchemaThatCannotReadEarlierRecords() throws Exception {
    SchemaRegistryClient registry = registry(cluster.connection());
    String subject = cluster.connection().topics().subject(Topic.TRAINING_METRICS);
    Schema incompatible =
        SchemaBuilder.record("TrainingMetric")
            .namespace("io.radstream.schemas")
            .fields()
            .requiredString("fieldWithoutDefault")
            .endRecord();

    assertThat(registry.getCompatibility(subject)).isEqualTo("BACKWARD_TRANSITIVE");
    assertThatThrownBy(() -> registry.register(subject, new AvroSchema(incompatible)))
        .isInstanceOf(RestClientException.class)
        .hasMessageContaining("409");
  }

  @Test
  void shouldRefuseADataDirectoryInUse() {
    ClusterSettings settings = ClusterSettings.in(shared.resolve(oddName()));

    assertThatThrownBy(() -> EmbeddedCluster.start(settings, DISTRIBUTION))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in use")
        .hasMessageContaining(shared.resolve(oddName()).toString());
  }

  @Test
  void shouldRefuseAPortInUseAndLeaveNothingBehind(@TempDir Path other) {
    int taken = Integer.parseInt(cluster.connection().bootstrap().split(":", 2)[1]);
    ClusterSettings settings = ClusterSettings.in(other).withPorts(taken, ClusterSettings.ANY_PORT);

    assertThatThrownBy(() -> EmbeddedCluster.start(settings, DISTRIBUTION))
        .hasMessageContaining("port " + taken);
    assertThat(other.resolve("registry/registry.pid")).doesNotExist();
  }

  @Test
  void shouldKeepItsDataOverARestartBesideAnotherCluster(@TempDir Path own) throws Exception {
    ClusterSettings settings = ClusterSettings.in(own).withTopics(new TopicNames("north."), 1);
    int schemaId;
    try (EmbeddedCluster first = EmbeddedCluster.start(settings, DISTRIBUTION)) {
      write(first.connection(), metric("before"));
      schemaId = schemaId(first.connection());
    }

    try (EmbeddedCluster second = EmbeddedCluster.start(settings, DISTRIBUTION)) {
      write(second.connection(), metric("after"));

      assertThat(readAll(second.connection())).containsExactly(metric("before"), metric("after"));
      assertThat(schemaId(second.connection())).isEqualTo(schemaId);
      assertThat(new TopicSetup(second.connection()).create(1)).isEmpty();
      assertThat(readAll(cluster.connection())).doesNotContain(metric("before"));
    }
  }

  private static int schemaId(KafkaConnection connection) throws Exception {
    return registry(connection)
        .getLatestSchemaMetadata(connection.topics().subject(Topic.TRAINING_METRICS))
        .getId();
  }

  private static SchemaRegistryClient registry(KafkaConnection connection) {
    return new CachedSchemaRegistryClient(connection.registry(), 10);
  }

  private static void write(KafkaConnection connection, TrainingMetric metric) throws Exception {
    try (RecordSerde<TrainingMetric> serde = RecordSerde.of(TrainingMetric.class, connection);
        KafkaProducer<String, TrainingMetric> producer =
            new KafkaProducer<>(
                connection.producerConfig(), new StringSerializer(), serde.serializer())) {
      String topic = connection.topics().of(Topic.TRAINING_METRICS);
      producer.send(new ProducerRecord<>(topic, metric.getRunId(), metric)).get();
    }
  }

  private static List<TrainingMetric> readAll(KafkaConnection connection) {
    try (RecordSerde<TrainingMetric> serde = RecordSerde.of(TrainingMetric.class, connection);
        KafkaConsumer<String, TrainingMetric> consumer =
            new KafkaConsumer<>(
                connection.consumerConfig(), new StringDeserializer(), serde.deserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(connection.topics().of(Topic.TRAINING_METRICS)).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<TrainingMetric> read = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofSeconds(1)).forEach(record -> read.add(record.value()));
      }
      return read;
    }
  }

  private static TrainingMetric metric(String run) {
    return TrainingMetric.newBuilder()
        .setRunId(run)
        .setLine("line")
        .setStep(1)
        .setTime(Instant.EPOCH)
        .setValues(Map.of("loss", 1.5))
        .build();
  }
}
