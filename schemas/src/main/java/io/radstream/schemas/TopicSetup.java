package io.radstream.schemas;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates topics and registers their schemas; both are left alone where they exist. */
public final class TopicSetup {

  private static final String COMPATIBILITY = "BACKWARD_TRANSITIVE";
  private static final int SUBJECTS_CACHED = 100;
  private static final int MOST_LOOKS = 250;

  private final KafkaConnection connection;

  public TopicSetup(KafkaConnection connection) {
    this.connection = connection;
  }

  /**
   * @param partitions for each topic that does not exist yet
   * @return the names of the topics that were created
   * @throws IOException where the broker or the registry refuses; the message says which and why
   */
  public List<String> create(int partitions) throws IOException, InterruptedException {
    List<String> created = createTopics(partitions);
    registerSchemas();
    return created;
  }

  private List<String> createTopics(int partitions) throws IOException, InterruptedException {
    try (Admin admin = Admin.create(connection.clientConfig())) {
      Set<String> existing = admin.listTopics().names().get();
      List<NewTopic> missing = new ArrayList<>();
      for (Topic topic : Topic.values()) {
        String name = connection.topics().of(topic);
        if (!existing.contains(name)) {
          missing.add(
              new NewTopic(name, Optional.of(partitions), Optional.empty())
                  .configs(topic.creationConfig()));
        }
      }
      admin.createTopics(missing).all().get();
      List<String> created = missing.stream().map(NewTopic::name).toList();
      if (areKnown(admin, created)) {
        awaitLeaders(admin, created);
      }
      return created;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return createTopics(partitions);
      }
      throw new IOException(
          "cannot create topics at " + connection.bootstrap() + ": " + e.getCause().getMessage(),
          e.getCause());
    }
  }

  /** A broker may learn of a topic after the controller has made it. */
  private static boolean areKnown(Admin admin, List<String> created)
      throws ExecutionException, InterruptedException {
    for (int look = 0; look < MOST_LOOKS; look++) {
      if (admin.listTopics().names().get().containsAll(created)) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return false;
  }

  /**
   * A topic is known before its partitions take records. An idempotent producer that sends several
   * batches to one meanwhile may have the first turned away and the second taken; from then on the
   * first is out of sequence, and is lost.
   */
  private static void awaitLeaders(Admin admin, List<String> created)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (TopicDescription topic : admin.describeTopics(created).allTopicNames().get().values()) {
      topic
          .partitions()
          .forEach(
              at ->
                  ends.put(new TopicPartition(topic.name(), at.partition()), OffsetSpec.latest()));
    }
    // Only a leader answers, and the client asks until there is one.
    admin.listOffsets(ends).all().get();
  }

  private void registerSchemas() throws IOException {
    SchemaRegistryClient client =
        SchemaRegistryClientFactory.newClient(
            connection.registry(),
            SUBJECTS_CACHED,
            List.of(),
            connection.registryConfig(),
            Map.of());
    try (client) {
      for (Topic topic : Topic.values()) {
        String subject = connection.topics().subject(topic);
        Schema schema = SpecificData.get().getSchema(topic.recordClass());
        client.register(subject, new AvroSchema(schema));
        client.updateCompatibility(subject, COMPATIBILITY);
      }
    } catch (RestClientException e) {
      throw new IOException(RegistryRefusal.text(connection.registry(), e), e);
    } catch (IOException e) {
      throw new IOException(
          "the schema registry %s cannot be reached (%s); is it running, is its address right?"
              .formatted(connection.registry(), e.getMessage()),
          e);
    }
  }
}
